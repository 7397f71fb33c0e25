import { useSyncExternalStore } from 'react';
import { beatMs } from '../../shared/beat.ts';

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Time passes so much after each beat, milliseconds: what the host tells on it has come by then. */
const afterBeatMs = 30;

/** One timer for all that shows passing time, and on the beat of the host: it all changes at once. */
function wait(): void {
  const past = (Date.now() - afterBeatMs) % beatMs;
  timer = setTimeout(tick, past < beatMs / 2 ? beatMs - past : 2 * beatMs - past);
}

function tick(): void {
  now = Date.now();
  timer = undefined;
  for (const each of listeners) each();
  if (listeners.size > 0) wait();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  now = Date.now();
  if (timer === undefined) wait();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
  };
}
const still = () => () => {};

/** The time, five times a second; where `ticking` is false, as it was when last drawn. */
export const useNow = (ticking = true): number =>
  useSyncExternalStore(ticking ? subscribe : still, () => now);
