import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  now = Date.now();
  // One timer for all that shows passing time, so that it all changes at once.
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 250);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
const still = () => () => {};

/** The time, four times a second; where `ticking` is false, as it was when last drawn. */
export const useNow = (ticking = true): number =>
  useSyncExternalStore(ticking ? subscribe : still, () => now);
