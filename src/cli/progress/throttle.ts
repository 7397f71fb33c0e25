/** Runs the latest of the works that it is given, at most once an interval and never after `close`. */
export interface Throttle {
  request(work: () => void): void;
  close(): void;
}

/** The first work waits for the interval too: what ends sooner needs no word in between. */
export function createThrottle(intervalMs: number): Throttle {
  let latest: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  return {
    request(work) {
      latest = work;
      if (closed) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        latest?.();
      }, intervalMs).unref();
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
