"""What tasks print, by task: stands in for sys.stdout and sys.stderr."""

import io
import os
import sys
import time
from collections import deque

from .running import current

# Characters of one task that are sent as they come, and how many more a second. Of what it prints beyond that, the
# end is kept until there is room for it again.
_most_per_task = 1_000_000
_most_per_second = 100_000
_tail_per_task = 20_000
# Characters that wait to be sent, after which the task that prints waits too.
_most_waiting = 256 * 1024


class Capture:
    """
    Collects pieces of output. Adding one takes no lock, so that a task can be interrupted while it prints.
    """

    def __init__(self, overflow):
        """`overflow()` sends what waits."""
        self._overflow = overflow
        self._pieces = deque()
        self._printed = {}
        self.progress = {}
        """What running tasks last said of their progress: (fraction, message) by (job, index)."""
        # Characters ever added, and those of them that were taken: each is changed by one side only.
        self._added = 0
        self._taken = 0
        self.forked = False

    def write(self, stream, text):
        running = None if self.forked else current()
        index = None if running is None or running.has_ended else running.index
        if index is None:
            # Between tasks, while a file is loaded, in setup(), in a child made by fork(): nobody's output.
            raw = sys.__stdout__ if stream == "stdout" else sys.__stderr__
            if raw is not None:
                os.write(raw.fileno(), text.encode("utf-8", "backslashreplace"))
            return
        self.add(running.chunk.job, index, stream, text)

    def add(self, job, index, stream, text):
        if self.forked:
            return
        printed = self._printed.get((job, index))
        if printed is None:
            printed = self._printed[job, index] = _Printed()
        if printed.characters >= _most_per_task:
            printed.keep(stream, text)
            if printed.has_room():
                self._release(job, index, printed)
            return
        if len(text) > _most_per_task:
            printed.keep(stream, text[_most_per_task:])
            text = text[:_most_per_task]
        printed.characters += len(text)
        self._pieces.append((job, index, stream, text, time.time() * 1000))
        self._added += len(text)
        if self._added - self._taken > _most_waiting:
            self._overflow()

    def _release(self, job, index, printed):
        now = time.time() * 1000
        for stream, text in printed.end():
            self._pieces.append((job, index, stream, text, now))
            self._added += len(text)

    def ended(self, job, indices):
        """These tasks have ended: adds the ends of those whose output was cut, forgets their progress."""
        if self.progress:
            for index in indices:
                self.progress.pop((job, index), None)
        if not self._printed:
            return
        for index in indices:
            printed = self._printed.pop((job, index), None)
            if printed is not None and printed.tail:
                self._release(job, index, printed)

    def take(self):
        """What waits, by job: lists of OutputPiece."""
        taken = {}
        pieces = self._pieces
        run, texts = None, []
        while pieces:
            job, index, stream, text, at = pieces.popleft()
            if run == (job, index, stream):
                texts.append(text)
                continue
            _close(taken, run, texts)
            run, texts = (job, index, stream), [text]
            taken.setdefault(job, []).append({"index": index, "stream": stream, "text": "", "at": at})
        _close(taken, run, texts)
        self._taken = self._added
        return taken


def _close(taken, run, texts):
    if run is not None:
        taken[run[0]][-1]["text"] = "".join(texts)


class _Printed:
    """What one task has printed."""

    __slots__ = ("characters", "left_out", "tail", "_kept", "_since")

    def __init__(self):
        self.characters = 0
        self.left_out = 0
        self.tail = deque()
        self._kept = 0
        self._since = time.monotonic()

    def has_room(self):
        """What is kept can be sent. A flood is sent in pieces that are worth reading, with gaps between."""
        room = _most_per_task + (time.monotonic() - self._since) * _most_per_second - self.characters
        return room >= (_tail_per_task if self.left_out else self._kept)

    def keep(self, stream, text):
        """Text past the limit: only the end of it is for showing."""
        kept = text[-_tail_per_task:]
        self.left_out += len(text) - len(kept)
        self.tail.append((stream, kept))
        self._kept += len(kept)
        while self._kept - len(self.tail[0][1]) >= _tail_per_task:
            gone = len(self.tail.popleft()[1])
            self._kept -= gone
            self.left_out += gone

    def end(self):
        """What is kept, with what was left out before it; it is kept no more."""
        left_out, tail = self.left_out, self.tail
        self.characters += self._kept
        self.left_out, self.tail, self._kept = 0, deque(), 0
        if left_out:
            yield "log", f"\n[{left_out:,} characters left out]\n"
        yield from tail


class CapturedStream(io.TextIOBase):
    """A text stream whose text belongs to the task that writes it."""

    encoding = "utf-8"
    errors = "backslashreplace"
    line_buffering = True

    def __init__(self, capture, name, fd):
        self._write = capture.write
        self._stream = name
        self._fd = fd
        self.name = f"<{name}>"
        self.buffer = _CapturedBytes(self)

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            self._write(self._stream, text)
        return len(text)

    def writable(self):
        return True

    def isatty(self):
        return False

    def fileno(self):
        """The process's own stream: what others write to it belongs to the process, not to a task."""
        return self._fd

    def reconfigure(self, **_):
        """Accepted, for scripts that set the encoding of sys.stdout; it is UTF-8 already."""

    def close(self):
        """Others may still write: stays open."""


class _CapturedBytes(io.BufferedIOBase):
    """`sys.stdout.buffer`."""

    def __init__(self, text):
        self._text = text
        self._rest = b""

    def write(self, data):
        data = bytes(data)
        whole = self._rest + data
        # A character may be split over two writes: at most three bytes of it are held back.
        for held in range(min(4, len(whole) + 1)):
            try:
                self._text.write(whole[: len(whole) - held].decode())
                self._rest = whole[len(whole) - held :]
                return len(data)
            except UnicodeDecodeError:
                continue
        self._rest = b""
        self._text.write(whole.decode("utf-8", "backslashreplace"))
        return len(data)

    def writable(self):
        return True

    def fileno(self):
        return self._text.fileno()

    def close(self):
        """See CapturedStream.close."""
