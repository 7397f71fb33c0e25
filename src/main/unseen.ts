import { app } from 'electron';

/** Counts what has ended while nobody looked, on the app's icon. */
export interface Unseen {
  add(): void;
  /** The window is in front again. */
  seen(): void;
}

export function createUnseen(): Unseen {
  let count = 0;
  const show = (next: number): void => {
    if (next === count) return;
    count = next;
    // Windows has no such count, and says so by its answer.
    app.setBadgeCount(count);
  };
  return { add: () => show(count + 1), seen: () => show(0) };
}
