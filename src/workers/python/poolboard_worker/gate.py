"""Asking the pool, after a long silence, whether what it sent is still wanted from this worker."""

import threading
from time import perf_counter as now

from .results import silence as _silence


class Gate:
    def __init__(self, channel, inbox, results):
        self._channel = channel
        self._inbox = inbox
        self._results = results
        self._answer = None
        self.in_hand = None
        """The chunk whose tasks are being started."""

    def pass_through(self):
        """Between two tasks: sends results that have waited long enough, asks where need be."""
        last_sent = self._results.last_sent
        due = self._results.due
        if due is not None and now() > due:
            self._results.flush()
        if now() - last_sent > _silence:
            answered = threading.Event()
            self._ask(answered.set)
            answered.wait()

    async def pass_through_at_once(self, loop):
        """The same, for tasks that run at once; their results are sent by others."""
        if now() - self._results.last_sent > _silence:
            import asyncio

            self._results.try_flush()
            answered = asyncio.Event()
            self._ask(lambda: loop.call_soon_threadsafe(answered.set))
            await answered.wait()

    def _ask(self, answer):
        self._answer = answer
        self._channel.send({"type": "fence"})
        self._results.last_sent = now()

    def answered(self, revoked):
        """From the thread that reads messages."""
        self._inbox.take_back(revoked)
        chunk = self.in_hand
        if chunk is not None and chunk.id in revoked:
            chunk.revoked = True
        answer, self._answer = self._answer, None
        if answer is not None:
            answer()
