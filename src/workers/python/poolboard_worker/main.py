"""The worker process: what it hears, what it does in which order, what it tells by itself."""

import atexit
import faulthandler
import os
import signal
import sys
import threading
import time
from array import array

from .capture import Capture, CapturedStream
from .errors import describe, say
from .gate import Gate
from .inbox import Inbox
from .job import Job, Stale
from .limits import limit_heap, take_priority, take_variable
from .live import Live
from .protocol import Channel
from .results import Results
from .running import Chunk, Interrupts, state
from .serial import SerialRunner
from .streams import hold_lifeline, host_is_gone, open_streams


def main(descriptors):
    """Runs until the pool says `exit`, or goes away. `descriptors`: to read from, to write to, lifeline."""
    take_priority(take_variable("POOLBOARD_NICE"))
    heap = take_variable("POOLBOARD_HEAP_MB")
    if len(descriptors) > 2 and sys.platform == "linux":
        hold_lifeline(descriptors[2])
    Worker(*open_streams(*descriptors[:2])).run(heap)


class Worker:
    def __init__(self, read_fd, write_fd):
        self._channel = Channel(read_fd, write_fd)
        self._capture = Capture(self._make_room)
        self._results = Results(self._channel, self._capture)
        self._inbox = Inbox()
        self._gate = Gate(self._channel, self._inbox, self._results)
        self._serial = SerialRunner(self._results, self._gate)
        self._at_once = None
        self._interrupts = Interrupts(lambda: self._at_once and self._at_once.running_now())
        self._live = Live(self._channel, self._results, self._capture, self._gate, self._nudge)
        self._jobs = {}

    def run(self, heap):
        """`heap`: what tasks may take, in megabytes; None where there is no limit."""
        faulthandler.enable(file=sys.__stderr__)
        # What tasks start is known by it: see `src/engine/launchers/orphans.ts`.
        os.environ["POOLBOARD_WORKER"] = str(os.getpid())
        sys.stdout = CapturedStream(self._capture, "stdout", 1)
        sys.stderr = CapturedStream(self._capture, "stderr", 2)
        signal.signal(signal.SIGINT, self._interrupts.handle)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forked)
        self._channel.send({"type": "ready", "pid": os.getpid()})
        threading.Thread(target=self._listen, name="poolboard-listen", daemon=True).start()
        threading.Thread(target=self._live.tick_forever, name="poolboard-tick", daemon=True).start()
        if heap is not None:
            # Now that the threads have their stacks.
            limit_heap(heap)
        while True:
            self._next()

    # The main thread: one thing after another.

    def _next(self):
        item = self._inbox.head()
        if item is None:
            self._results.flush()
            self._results.send_output()
            self._live.busy.clear()
            self._inbox.wait()
            # Silence for want of work is no reason to ask.
            self._results.last_sent = time.perf_counter() - self._inbox.head_age()
            self._live.busy.set()
            return
        if isinstance(item, Chunk):
            self._gate.pass_through()
            self._gate.in_hand = item
        if not self._inbox.start(item):
            return
        if isinstance(item, Chunk):
            self._run_chunk(item)
        elif item["type"] == "load":
            self._load(item)
        elif item["type"] == "unload":
            self._unload(item["job"])
        else:
            self._exit()

    def _run_chunk(self, chunk):
        job = self._jobs.get(chunk.job)
        if job is None:
            return
        if self._results.job != job.id:
            self._results.flush()
        job.enter()
        runner = self._concurrent() if job.is_async else self._serial
        runner.run(job, chunk)
        # Told before another chunk starts, so that the pool knows which chunks have not.
        self._results.flush()
        self._gate.in_hand = None

    def _concurrent(self):
        if self._at_once is None:
            # asyncio takes as long to import as all the rest: only where it is used, and from the standard
            # library whatever lies beside the task file.
            folder = sys.path.pop(0)
            from .at_once import ConcurrentRunner

            sys.path.insert(0, folder)
            self._at_once = ConcurrentRunner(self._channel, self._results, self._inbox, self._gate)
        return self._at_once

    def _load(self, message):
        job = message["job"]
        try:
            loaded = Job(message, self._live, lambda awaitable: self._concurrent().run_coroutine(awaitable))
        except Stale:
            self._inbox.drop_chunks(job)
            self._channel.send({"type": "stale", "job": job})
        except BaseException as error:
            self._inbox.drop_chunks(job)
            folder = os.path.dirname(message["definition"].get("file", "")) + os.sep
            self._channel.send({"type": "load-failed", "job": job, "error": describe(error, folder)})
        else:
            self._jobs[job] = loaded
            self._channel.send(
                {
                    "type": "loaded",
                    "job": job,
                    "concurrency": loaded.concurrency,
                    "description": loaded.description,
                }
            )

    def _unload(self, id):
        job = self._jobs.pop(id, None)
        if job is not None:
            try:
                job.teardown()
            except BaseException as error:
                say(error)

    def _exit(self):
        self._results.flush()
        for id in list(self._jobs):
            self._unload(id)
        self._results.send_output()
        self._results.drain()
        if self._at_once:
            self._at_once.close()
        try:
            # What the interpreter does at its end, except to wait for threads that may never end.
            atexit._run_exitfuncs()
        finally:
            os._exit(0)

    # The listening thread: what cannot wait for its turn.

    def _listen(self):
        try:
            while True:
                received = self._channel.receive()
                if received is None:
                    host_is_gone()
                self._receive(*received)
        except BaseException as error:
            say(error)
            host_is_gone()

    def _receive(self, message, columns):
        kind = message["type"]
        if kind == "chunk":
            indices = array("I")
            indices.frombytes(columns[0])
            tells_each = message.get("tellsEach", False)
            sent_at = message.get("sentAt")
            self._inbox.put(Chunk(message["job"], message["chunk"], indices, columns[1], tells_each, sent_at))
        elif kind == "ack":
            self._results.acknowledged()
        elif kind == "go":
            self._gate.answered(message["revoked"])
        elif kind == "recall":
            returned = self._inbox.take_back(message["chunks"])
            self._channel.send({"type": "returned", "chunks": returned})
        elif kind == "abort":
            self._abort(message["job"], set(message["indices"]), message.get("sparesRunning", False))
        elif kind in ("load", "unload"):
            self._inbox.put(message)
        elif kind == "exit":
            self._inbox.drop_chunks()
            self._stop_after_this_task()
            self._inbox.put(message)

    def _abort(self, job, indices, spares_running):
        self._inbox.drop_tasks(job, indices, spares_running, self._results.cancel)
        in_hand = self._gate.in_hand
        if in_hand is not None and in_hand.job == job:
            in_hand.drop(indices, spares_running)
            # The order matters: whichever task is running once this is done has seen that it is aborted,
            # or is interrupted.
            self._end_span()
            if not spares_running:
                interrupt_main_thread()
            self._cancel_waiting()
        if self._at_once and not spares_running:
            self._at_once.abort(job, indices)
        self._results.try_flush()

    def _cancel_waiting(self):
        """Answers for dropped tasks of the chunk in hand, without waiting for the task that is running."""
        chunk = self._gate.in_hand
        if chunk is None or not chunk.dropped:
            return
        if self._at_once and self._at_once.is_serving:
            waiting = chunk.indices
        else:
            span = state.span
            if span is None or span.chunk is not chunk:
                return
            # With its limit gone the span starts no task beyond the one at its end.
            span.limit = float("-inf")
            waiting = chunk.indices[span.base + len(span.values) + 1 :]
        for index in waiting:
            if index in chunk.dropped:
                self._results.cancel(chunk, index)

    def _stop_after_this_task(self):
        in_hand = self._gate.in_hand
        if in_hand is not None:
            in_hand.revoked = True
        self._end_span()

    def _end_span(self):
        span = state.span
        if span is not None:
            span.limit = float("-inf")

    # Elsewhere.

    def _nudge(self):
        """In the ticking thread: a task that was cancelled may be in code that awaits nothing."""
        self._cancel_waiting()
        if self._at_once and self._at_once.has_aborted:
            interrupt_main_thread()

    def _make_room(self):
        """In the thread of a task that prints a lot."""
        with self._interrupts:
            self._results.send_output()

    def _forked(self):
        """In a child that a task made with os.fork(): it must not speak in the worker's name."""
        self._capture.forked = True
        self._channel.lock = threading.RLock()
        # It does no other task after the one that it was made in.
        self._end_span()
        signal.signal(signal.SIGINT, signal.default_int_handler)


def interrupt_main_thread():
    if hasattr(signal, "pthread_kill"):
        # A real signal: it ends time.sleep() and blocking calls to the system too.
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)
    else:
        signal.raise_signal(signal.SIGINT)
