import type { RangeSource } from '../shared/inputs.ts';
import { usageError } from './usage-error.ts';

const shape = /^(-?\d[\d_]*)\.\.(-?\d[\d_]*)(?::(-?\d[\d_]*))?$/;

/**
 * `A..B` or `A..B:STEP`, as Python's `range(A, B, STEP)`: A is in, B is out, all may be negative, and digits
 * may be grouped (`0..1_000_000`). A range that holds no number is refused, for it is always a slip.
 */
export function parseRange(text: string): RangeSource {
  const match = shape.exec(text);
  if (!match) {
    throw usageError(`--range takes A..B or A..B:STEP, for example 0..100 or 10..0:-1, not "${text}".`);
  }
  const [from, to, step] = match.slice(1).map((part) => Number((part ?? '1').replaceAll('_', ''))) as [
    number,
    number,
    number,
  ];
  if (![from, to, step].every(Number.isSafeInteger)) {
    throw usageError(`--range ${text}: numbers beyond ±9,007,199,254,740,991 are not exact.`);
  }
  if (step === 0) throw usageError(`--range ${text}: the step cannot be 0.`);
  if (step > 0 ? from >= to : from <= to) {
    throw usageError(`--range ${text} holds no number: ${whyEmpty(from, to, step)}.`);
  }
  return { kind: 'range', from, to, step };
}

function whyEmpty(from: number, to: number, step: number): string {
  if (from === to) return `it starts at ${from} and ends before ${to}`;
  if (step > 0)
    return `it ends below its start; to count down, give a negative step such as ${from}..${to}:-1`;
  return `a step of ${step} counts down, and it ends above its start`;
}
