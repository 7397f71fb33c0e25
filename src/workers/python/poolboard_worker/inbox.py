"""What the pool has asked for and the main thread has not started: in order, and open to second thoughts."""

import threading
import time
from collections import deque

from .running import Chunk


class Inbox:
    def __init__(self):
        self._items = deque()
        self._changed = threading.Condition()
        self.on_put = None

    def put(self, item):
        """A Chunk, or a message that is carried out in its turn (`load`, `unload`, `exit`)."""
        with self._changed:
            self._items.append(item)
            self._changed.notify()
        listener = self.on_put
        if listener is not None:
            listener()

    def head(self):
        """What comes next; None where there is nothing."""
        try:
            return self._items[0]
        except IndexError:
            return None

    def wait(self):
        with self._changed:
            while not self._items:
                self._changed.wait()

    def head_age(self):
        """Seconds since what comes next was sent; 0 where that is not known."""
        sent_at = getattr(self.head(), "sent_at", None)
        return 0 if sent_at is None else max(0, time.time() - sent_at / 1000)

    def start(self, item):
        """Takes the head off; False where it was given back, or revoked, since it was looked at."""
        with self._changed:
            if self._items and self._items[0] is item:
                self._items.popleft()
                return True
            return False

    def take_back(self, ids):
        """Takes out these chunks, as far as they have not started. Answers their ids."""
        wanted = set(ids)
        with self._changed:
            back = [item.id for item in self._items if isinstance(item, Chunk) and item.id in wanted]
            wanted.intersection_update(back)
            self._items = deque(
                item for item in self._items if not (isinstance(item, Chunk) and item.id in wanted)
            )
        return back

    def drop_chunks(self, job=None):
        """Forgets the chunks of a job, or of all."""
        with self._changed:
            self._items = deque(
                item
                for item in self._items
                if not (isinstance(item, Chunk) and (job is None or item.job == job))
            )

    def drop_tasks(self, job, indices, spares_running, cancel):
        """Calls `cancel(chunk, index)` for those of these tasks that wait here; the main thread has not seen them."""
        with self._changed:
            for item in self._items:
                if isinstance(item, Chunk) and item.job == job:
                    item.drop(indices, spares_running)
                    for index in item.dropped:
                        cancel(item, index)
            # The head stays: the main thread may be about to start it, and finds nothing left to do.
            self._items = deque(
                item
                for item in self._items
                if item is self._items[0]
                or not (isinstance(item, Chunk) and len(item.answered) == len(item.indices))
            )
