"""What is told while a task goes on: its output, its progress, and what the process uses."""

import threading
import time

from .measure import cpu_ms, memory_bytes
from .running import state

_interval = 0.1
_stats_interval = 1.0
_beat_interval = 1.0


class Live:
    def __init__(self, channel, results, capture, gate, on_tick):
        self._channel = channel
        self._results = results
        self._capture = capture
        self._gate = gate
        self._on_tick = on_tick
        self._next_beat = 0
        self.busy = threading.Event()
        # Until the main thread finds that there is nothing to do.
        self.busy.set()

    # From tasks; neither takes a lock, so that a task can be interrupted anywhere.

    def progress(self, job, index, fraction, message):
        self._capture.progress[job, index] = (fraction, message)

    def log(self, job, index, text):
        self._capture.add(job, index, "log", text)

    # The ticking thread.

    def tick_forever(self):
        next_stats = time.monotonic() + _stats_interval
        while True:
            if self.busy.wait(max(0, next_stats - time.monotonic())):
                time.sleep(_interval)
                try:
                    self._tick()
                except MemoryError:
                    pass  # the task has it all, and is about to fail for that
            if time.monotonic() >= next_stats:
                self._channel.send({"type": "stats", "cpuMs": cpu_ms(), "memoryBytes": memory_bytes()})
                next_stats = time.monotonic() + _stats_interval

    def _tick(self):
        with self._channel.lock:
            self._results.try_flush(state.span)
            self._results.send_output()
            self._send_progress()
        self._on_tick()
        self._beat()

    def _beat(self):
        """This thread gets its turn: no native code holds the interpreter."""
        if self._gate.in_hand is not None and time.monotonic() >= self._next_beat:
            self._channel.send({"type": "beat"})
            self._next_beat = time.monotonic() + _beat_interval

    def _send_progress(self):
        waiting = self._capture.progress
        while waiting:
            (job, index), (fraction, message) = waiting.popitem()
            progress = {"fraction": fraction}
            if message is not None:
                progress["message"] = message
            self._channel.send({"type": "progress", "job": job, "index": index, "progress": progress})
