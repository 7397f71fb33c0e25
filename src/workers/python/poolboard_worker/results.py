"""Results on their way to the pool: packed in columns, sent when they have waited long enough."""

import os
import threading
import time
from array import array

from .encode import CANCELED, encode_column, encode_error
from .errors import PoolboardError

# A message of results; the pool acknowledges each.
_most_unacknowledged = 2
# Silent for longer than this, a worker asks before it starts what it was sent: it may be another's by now.
silence = 0.1
# Results wait this long, at most, before another task may start: what a crash leaves in doubt.
patience = 0.002
# The same, once results are known to come by the thousand: a message each 2 ms would cost more than they do.
_burst_patience = 0.010
_burst = 500
# Characters of results after which a message is sent.
most_characters = 256 * 1024


# On any clock: of a task that was canceled before it started.
never = float("-inf")
_canceled = PoolboardError("CANCELED", "Canceled before it started.")


def canceled_before_start():
    return encode_error(_canceled, None)


def epoch_ms():
    """What a reading of time.perf_counter(), in milliseconds, is short of the time since the epoch."""
    return (time.time() - time.perf_counter()) * 1000


class Results:
    def __init__(self, channel, capture):
        self._channel = channel
        self._capture = capture
        self._credit = threading.Condition()
        self._unacknowledged = 0
        self._last_count = 0
        self.last_sent = time.perf_counter()
        """When the thread that runs tasks last told the pool of them, on the clock of time.perf_counter()."""
        self.on_acknowledged = None
        self._clear()

    def _clear(self):
        self._job = None
        self._indices = array("I")
        self._outcomes = bytearray()
        self._values = []
        self._kinds = set()
        self._starts = array("d")
        self._ends = array("d")

    @property
    def lock(self):
        return self._channel.lock

    # Adding. All under the channel's lock, for the ticker sends too.

    def collect(self, span):
        """Takes over what has ended in a span, which may be growing meanwhile."""
        self._leave_if_forked()
        with self._channel.lock:
            last = len(span.ends)
            first = span.taken
            if first == last:
                return
            self._of(span.chunk.job)
            base = span.base
            self._indices.extend(span.chunk.indices[base + first : base + last])
            self._values += span.values[first:last]
            self._kinds |= span.kinds
            self._starts.append(span.ends[first - 1] if first else span.start)
            self._starts += span.ends[first : last - 1]
            self._ends += span.ends[first:last]
            self._outcomes.extend(bytes(last - first))
            if span.outcome:
                self._outcomes[-1] = span.outcome
            span.taken = last

    def add(self, job, index, outcome, value, start, end):
        self._leave_if_forked()
        with self._channel.lock:
            self._of(job)
            self._indices.append(index)
            self._outcomes.append(outcome)
            self._values.append(value)
            self._kinds.add(type(value))
            self._starts.append(start)
            self._ends.append(end)

    def claim(self, chunk, index):
        """For who starts a task, or answers for it: False where another thread has done so."""
        with self._channel.lock:
            if index in chunk.answered:
                return False
            chunk.answered.add(index)
            return True

    def cancel(self, chunk, index):
        """Answers for a task that will not be started, unless that was done."""
        with self._channel.lock:
            if self.claim(chunk, index):
                self.add(chunk.job, index, CANCELED, canceled_before_start(), never, never)

    def _of(self, job):
        if self._job != job:
            if self._indices:
                self._send()
            self._job = job

    def _leave_if_forked(self):
        """
        A child that a task made with os.fork() has returned from that task: it is not a worker. It ends before it
        waits for anything, for no answer of the pool comes to it, and the task may be waiting for its end.
        """
        if self._channel.is_inherited:
            os._exit(0)

    # Sending.

    @property
    def job(self):
        """The job of those that wait."""
        return self._job

    @property
    def waiting(self):
        return len(self._indices) > 0

    @property
    def due(self):
        """When the oldest of them has waited long enough; None where none waits."""
        starts = self._starts
        if len(starts) == 0:
            return None
        return starts[0] + (_burst_patience if self._last_count >= _burst else patience)

    @property
    def blocked(self):
        """The pool is behind."""
        return self._unacknowledged >= _most_unacknowledged

    def flush(self):
        """Sends what waits; waits itself while the pool is behind."""
        if not self.waiting:
            return
        while not self.try_flush():
            with self._credit:
                while self.blocked:
                    self._credit.wait()
        now = time.perf_counter()
        # A long silence stays one until the gate has asked.
        if now - self.last_sent <= silence:
            self.last_sent = now

    def try_flush(self, span=None):
        """Sends what waits, and what has ended in `span`; False where the pool is behind."""
        with self._channel.lock:
            if span is not None:
                self.collect(span)
            if not self._indices:
                return True
            if self.blocked:
                return False
            self._send()
            return True

    def drain(self):
        """Returns when the pool has acknowledged everything."""
        self.flush()
        with self._credit:
            while self._unacknowledged:
                self._credit.wait()

    def acknowledged(self):
        with self._credit:
            self._unacknowledged -= 1
            self._credit.notify_all()
        listener = self.on_acknowledged
        if listener is not None:
            listener()

    def send_output(self):
        """Sends what tasks printed; results that come later bring their own."""
        with self._channel.lock:
            for job, pieces in self._capture.take().items():
                self._channel.send({"type": "output", "job": job, "output": pieces})

    def _send(self):
        job = self._job
        self._capture.ended(job, self._indices)
        output = self._capture.take()
        for other, pieces in output.items():
            if other != job:
                self._channel.send({"type": "output", "job": other, "output": pieces})
        values = encode_column(self._values, self._kinds, self._outcomes)
        message = {
            "type": "results",
            "job": job,
            "epochMs": epoch_ms(),
            "output": output.get(job, []),
        }
        numbers = (self._indices, self._outcomes, self._starts, self._ends)
        columns = (*map(bytes, numbers), values)
        with self._credit:
            self._unacknowledged += 1
        try:
            self._channel.send(message, columns)
        except MemoryError:
            # Nothing was sent, and nothing is lost.
            with self._credit:
                self._unacknowledged -= 1
            raise
        self._last_count = len(self._indices)
        self._clear()
