/**
 * Repeats one piece of work on request, never twice at once and at most once an interval, so that a batch that
 * changes ten thousand times a second costs the window and the store a few queries a second.
 */
export interface Pacer {
  /** Asks for a run: at once where the last one is long enough ago, otherwise as soon as it is. */
  request(): void;
  /** Runs at once, or right after the run that is under way; settles as that run does. */
  now(): Promise<void>;
  /** Drops what was asked for; a run that is under way ends by itself. */
  close(): void;
}

/**
 * @param intervalMs about the least time from the start of a run to the start of the next, which falls on a multiple
 *   of it on the system's clock: what several pacers send comes to the window together, and is drawn in one frame.
 *   Work that takes longer than half of it is given a pause of twice its own time, so that a slow query leaves the
 *   store to others.
 * @param work a run that was merely requested may fail unheard: the next change asks again.
 */
export function createPacer(intervalMs: number, work: () => void | Promise<void>): Pacer {
  let running = false;
  let closed = false;
  let wanted = false;
  let earliest = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let urgent: PromiseWithResolvers<void>[] = [];

  const next = (): void => {
    if (running || closed) return;
    if (urgent.length > 0) return void run();
    if (!wanted || timer) return;
    const waitMs = earliest - performance.now();
    if (waitMs <= 0) return void run();
    timer = setTimeout(() => void run(), waitMs).unref();
  };

  const run = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    running = true;
    wanted = false;
    const waiters = urgent;
    urgent = [];
    const startedAt = performance.now();
    try {
      await work();
      for (const waiter of waiters) waiter.resolve();
    } catch (error) {
      for (const waiter of waiters) waiter.reject(error);
    }
    earliest = toBeat(startedAt + Math.max(intervalMs, 2 * (performance.now() - startedAt)), intervalMs);
    running = false;
    next();
  };

  return {
    request() {
      wanted = true;
      next();
    },
    now() {
      const waiter = Promise.withResolvers<void>();
      if (closed) waiter.resolve();
      else urgent.push(waiter);
      next();
      return waiter.promise;
    },
    close() {
      closed = true;
      clearTimeout(timer);
      for (const waiter of urgent) waiter.resolve();
      urgent = [];
    },
  };
}

/** The moment nearest to this one, by the clock of `performance`, at which the system's clock is at a multiple. */
function toBeat(moment: number, intervalMs: number): number {
  const past = (Date.now() + moment - performance.now()) % intervalMs;
  return past < intervalMs / 2 ? moment - past : moment + intervalMs - past;
}
