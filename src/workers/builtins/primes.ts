import { setImmediate as letOthersRun } from 'node:timers/promises';
import { badInput, numberInput } from './input.ts';
import type { BuiltinMaker } from './maker.ts';

/** Odd numbers that are sieved at once: as many bytes as a core's own cache holds. */
const segment = 1 << 17;
/** Above this, the primes up to the root alone would fill the memory. */
const maxBelow = 1e15;

/** Gives the number of primes below the input, by a segmented sieve of Eratosthenes. */
export const primes: BuiltinMaker = () => async (input, context) => {
  const below = Math.ceil(numberInput('primes', input));
  if (below > maxBelow)
    throw badInput(`primes counts up to ${maxBelow}, and its input is ${below}: give less.`);
  if (below <= 2) return 0;

  const odds = oddPrimesUpTo(Math.floor(Math.sqrt(below)));
  /** Where each prime strikes next, as the index of an odd number (1, 3, 5, …) from the segment's start. */
  const next = Float64Array.from(odds, (prime) => (prime * prime - 1) / 2);
  const end = Math.floor(below / 2);
  const struck = new Uint8Array(Math.min(segment, end));
  let count = 0;
  let breath = performance.now();
  for (let start = 0; start < end; start += segment) {
    const length = Math.min(segment, end - start);
    struck.fill(0);
    for (let i = 0; i < odds.length; i += 1) {
      const prime = odds[i]!;
      let at = next[i]!;
      if (at >= length && prime * prime > 2 * (start + length)) {
        // This prime and all after it strike later segments first.
        for (let j = i; j < odds.length; j += 1) next[j]! -= segment;
        break;
      }
      for (; at < length; at += prime) struck[at] = 1;
      next[i] = at - segment;
    }
    for (let at = 0; at < length; at += 1) count += 1 - struck[at]!;
    if (performance.now() - breath > 20) {
      context.progress(start / end);
      await letOthersRun();
      context.signal.throwIfAborted();
      breath = performance.now();
    }
  }
  // 1 was counted and is none; 2 was not and is one.
  return count;
};

function oddPrimesUpTo(last: number): Uint32Array {
  const struck = new Uint8Array(last + 1);
  const found: number[] = [];
  for (let number = 3; number <= last; number += 2) {
    if (struck[number]) continue;
    found.push(number);
    for (let multiple = number * number; multiple <= last; multiple += 2 * number) struck[multiple] = 1;
  }
  return Uint32Array.from(found);
}
