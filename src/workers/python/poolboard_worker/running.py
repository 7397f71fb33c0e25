"""
Which task is running: what printed text, `ctx` and interrupts refer to.

Tasks that run one after another belong to a span, which knows where it is by counting its results: not a
single step is spent per task on saying which one is current. Tasks that run at once are each in a context
of their own.
"""

import contextvars
import threading
from array import array

_main_thread = threading.main_thread()


class Chunk:
    """Tasks that came in one message."""

    __slots__ = (
        "job", "id", "indices", "inputs", "tells_each", "sent_at",
        "dropped", "answered", "aborted", "interrupted", "revoked"
    )

    def __init__(self, job, id, indices, inputs, tells_each=False, sent_at=None):
        self.job = job
        self.id = id
        self.indices = indices
        """array("I")"""
        self.inputs = inputs
        """JSON texts separated by newlines, in UTF-8."""
        self.tells_each = tells_each
        """Each task is told of before the next one starts, so that the pool knows which one runs."""
        self.sent_at = sent_at
        """Milliseconds since the epoch; None where that was not told."""
        self.dropped = set()
        """Tasks that must not start."""
        self.answered = set()
        """Those that nobody else may start, or answer for: changed under the channel's lock."""
        self.aborted = set()
        """Tasks that were asked to stop."""
        self.interrupted = set()
        """Those of them that KeyboardInterrupt was raised in: once in each."""
        self.revoked = False

    def drop(self, indices, spares_running):
        """Of these, none is started from here on; those that are running are asked to stop."""
        ours = indices.intersection(self.indices)
        # First those that are asked: a task that starts between the two lines is one of them.
        if not spares_running:
            self.aborted |= ours
        self.dropped |= ours


class Span:
    """Tasks of a chunk that run one after another without a pause. Other threads may read it as it grows."""

    __slots__ = ("chunk", "base", "start", "values", "kinds", "ends", "outcome", "taken", "limit")

    def __init__(self, chunk, base, start, limit):
        self.chunk = chunk
        self.base = base
        """Position in the chunk of the first one."""
        self.start = start
        """When it started, on the clock of time.perf_counter(); each of the others starts as the one before ends."""
        self.values = []
        self.kinds = set()
        """Types of the values other than int."""
        self.ends = array("d")
        """Ends after its value: what has an end is complete."""
        self.outcome = 0
        """Of the last one; the others are OK."""
        self.taken = 0
        """How many were handed over already."""
        self.limit = limit
        """No task is started after this time."""

    has_ended = False

    @property
    def index(self):
        """The task that is running; None at the end of the chunk."""
        position = self.base + len(self.values)
        indices = self.chunk.indices
        return indices[position] if position < len(indices) else None


class Running:
    """A task among several that run at once."""

    __slots__ = ("chunk", "index", "start", "has_ended")

    def __init__(self, chunk, index, start):
        self.chunk = chunk
        self.index = index
        self.start = start
        self.has_ended = False


class State:
    """`span`: what the main thread is in the middle of. An attribute, for calls are where interrupts come in."""

    __slots__ = ("span",)

    def __init__(self):
        self.span = None


state = State()
_in_context = contextvars.ContextVar("poolboard_task", default=None)


def enter(running):
    """For the current asyncio task, and whatever it starts."""
    _in_context.set(running)


def current():
    """The running Span or Running; None between tasks."""
    return _in_context.get() or state.span


class Interrupts:
    """
    Raises KeyboardInterrupt in a task that was asked to stop, and never anywhere else: the handler runs on the
    main thread, between two steps of the very code that it would interrupt, and looks at what that is.
    """

    def __init__(self, running_at_once):
        """`running_at_once()`: the Running that the event loop is in the middle of, or None."""
        self._running_at_once = running_at_once
        self._shields = 0
        self._late = False

    def handle(self, *_):
        if self._shields:
            self._late = True
            return
        running = state.span or self._running_at_once()
        if running is None or running.has_ended:
            return
        index, chunk = running.index, running.chunk
        if index in chunk.aborted and index not in chunk.interrupted:
            chunk.interrupted.add(index)
            raise KeyboardInterrupt

    # As a context manager: holds interrupts back while the worker's own locks are held in a task's name.
    def __enter__(self):
        if threading.current_thread() is _main_thread:
            self._shields += 1

    def __exit__(self, *_):
        if threading.current_thread() is _main_thread:
            self._shields -= 1
            if not self._shields and self._late:
                self._late = False
                self.handle()
