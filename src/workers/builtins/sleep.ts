import { setTimeout as wait } from 'node:timers/promises';
import { badInput, numberInput } from './input.ts';
import type { BuiltinMaker } from './maker.ts';

const maxSeconds = 1_000_000;
/** Steps in which progress is reported. */
const stepMs = 100;

/** Gives the seconds that it waited. */
export const sleep: BuiltinMaker =
  ({ seconds }) =>
  async (input, { signal, progress }) => {
    const wanted = typeof seconds === 'number' ? seconds : numberInput('sleep', input);
    if (wanted < 0 || wanted > maxSeconds) {
      throw badInput(`sleep cannot wait ${wanted} seconds: give 0 to ${maxSeconds}.`);
    }
    const end = performance.now() + wanted * 1000;
    for (let left = wanted * 1000; left > 0; left = end - performance.now()) {
      await wait(Math.min(left, stepMs), undefined, { signal });
      if (wanted * 1000 > 2 * stepMs) progress(Math.min(1, 1 - (end - performance.now()) / (wanted * 1000)));
    }
    return wanted;
  };
