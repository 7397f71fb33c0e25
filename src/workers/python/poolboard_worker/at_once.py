"""Tasks of async functions: several at once, in one event loop."""

import asyncio
from time import perf_counter as now

from .encode import CANCELED, ERROR, OK, encode, encode_error
from .results import canceled_before_start, epoch_ms, patience
from .running import Running, enter
from .serial import read_inputs


class ConcurrentRunner:
    def __init__(self, channel, results, inbox, gate):
        self._channel = channel
        self._results = results
        self._inbox = inbox
        self._gate = gate
        self._tasks = {}  # Running by asyncio task
        self._loop = None
        self._wake = None
        self._flush_later = None
        self._flush_is_due = False
        self.is_serving = False
        """True from the start of a chunk until the loop has nothing left to do."""

    @property
    def loop(self):
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self._loop)
        return self._loop

    def run_coroutine(self, awaitable):
        async def wait():
            return await awaitable

        return self.loop.run_until_complete(wait())

    def close(self):
        if self._loop is not None:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    def running_now(self):
        """The Running that the loop is in the middle of; None while it waits."""
        if not self._tasks:
            return None
        return self._tasks.get(asyncio.current_task(self._loop))

    def abort(self, job, indices):
        """From another thread: cancels these tasks, as far as they are running."""
        for task, running in self._tasks.copy().items():
            if running.chunk.job == job and running.index in indices:
                running.chunk.aborted.add(running.index)
                self._loop.call_soon_threadsafe(task.cancel)

    @property
    def has_aborted(self):
        """From another thread: a task that was cancelled goes on."""
        return any(running.index in running.chunk.aborted for running in self._tasks.copy().values())

    def run(self, job, chunk):
        """Runs a chunk, and those of the same job that come meanwhile."""
        self.is_serving = True
        self.loop.run_until_complete(self._serve(job, chunk))
        self.is_serving = False

    async def _serve(self, job, chunk):
        loop = self.loop
        self._wake = asyncio.Event()

        def wake():
            loop.call_soon_threadsafe(self._wake.set)

        self._inbox.on_put = self._results.on_acknowledged = wake
        try:
            waiting = self._start_reading(chunk)
            while True:
                waiting = await self._start_tasks(job, waiting)
                if not self._tasks and waiting is None:
                    return
                await self._wake.wait()
                self._wake.clear()
                self._flush_if_due()
        finally:
            self._inbox.on_put = self._results.on_acknowledged = None
            if self._flush_later is not None:
                self._flush_later.cancel()
                self._flush_later = None
                self._flush_is_due = False

    def _start_reading(self, chunk):
        inputs = read_inputs(chunk)
        chunk.inputs = None
        return chunk, iter(list(zip(chunk.indices, inputs)))

    async def _start_tasks(self, job, waiting):
        """Starts as many as may run. Answers what of the chunk is left; None at its end."""
        started = False
        while len(self._tasks) < job.concurrency and not (self._results.blocked and self._results.waiting):
            await self._gate.pass_through_at_once(self.loop)
            if waiting is None or waiting[0].revoked:
                waiting = self._next_chunk(job)
                if waiting is None:
                    break
            chunk, rest = waiting
            index, value = next(rest, (None, None))
            if index is None:
                waiting = None
            elif index in chunk.dropped:
                self._results.cancel(chunk, index)
            elif self._results.claim(chunk, index):
                self._start(job, chunk, index, value)
                started = True
        if started and job.concurrency > 1:
            self._tell_running(job)
        return waiting

    def _next_chunk(self, job):
        head = self._inbox.head()
        if getattr(head, "job", None) != job.id:
            return None
        self._gate.in_hand = head
        return self._start_reading(head) if self._inbox.start(head) else None

    def _start(self, job, chunk, index, value):
        running = Running(chunk, index, now())
        task = self.loop.create_task(self._run(job, running, value))
        self._tasks[task] = running
        task.add_done_callback(lambda task: self._done(task, running))
        if index in chunk.aborted:
            task.cancel()

    async def _run(self, job, running, value):
        enter(running)
        try:
            await self._attempt(job, running, value)
        except BaseException as error:
            # KeyboardInterrupt, in the very moment in which the task ended by itself.
            if not running.has_ended:
                self._ended(running, CANCELED, encode_error(error, job.folder))

    async def _attempt(self, job, running, value):
        try:
            result = encode(await job.call(value))
        except BaseException as error:
            outcome = CANCELED if running.index in running.chunk.aborted else ERROR
            self._ended(running, outcome, encode_error(error, job.folder))
        else:
            self._ended(running, OK, result)

    def _done(self, task, running):
        del self._tasks[task]
        if task.cancelled() and not running.has_ended:
            # Aborted before its first step.
            self._ended(running, CANCELED, canceled_before_start())
        self._wake.set()

    def _ended(self, running, outcome, text):
        running.has_ended = True
        self._results.add(running.chunk.job, running.index, outcome, text, running.start, now())
        if self._flush_later is None:
            self._flush_later = self.loop.call_later(patience, self._flush_soon)

    def _flush_soon(self):
        self._flush_is_due = True
        self._wake.set()

    def _flush_if_due(self):
        if self._flush_is_due and self._results.try_flush():
            self._results.last_sent = now()
            self._flush_is_due = False
            self._flush_later = None

    def _tell_running(self, job):
        epoch = epoch_ms()
        tasks = list(self._tasks.values())
        self._channel.send(
            {
                "type": "running",
                "job": job.id,
                "indices": [running.index for running in tasks],
                "startedAt": [epoch + running.start * 1000 for running in tasks],
            }
        )
        self._results.last_sent = now()
