/**
 * The sample batch of a first start: counts the primes below each input, tells how far it is, prints what it
 * found, and fails on one input so that one sees what a failure looks like.
 */
interface Context {
  progress(fraction: number, message?: string): void;
}

export const meta = { summary: 'Counts the primes below a number.', takes: 'number' };

const unlucky = 1_300_000;
const slices = 20;

export default async function countPrimes(below: number, ctx: Context) {
  console.log(`looking at the numbers below ${below}`);
  const startedAt = performance.now();
  let primes = 0;
  let largest = 0;
  for (let slice = 0; slice < slices; slice++) {
    const from = Math.floor((below * slice) / slices);
    const to = Math.floor((below * (slice + 1)) / slices);
    for (let number = from; number < to; number++) {
      if (!isPrime(number)) continue;
      primes += 1;
      largest = number;
    }
    if (below === unlucky && slice === slices / 2) {
      throw new RangeError(`${below} fails on purpose, to show what a failure looks like.`);
    }
    ctx.progress((slice + 1) / slices, `${primes} primes so far`);
    // Between slices the worker can hear of a cancel.
    await new Promise((resolve) => setImmediate(resolve));
  }
  console.log(`found ${primes}, the largest is ${largest}`);
  return { primes, largest, ms: Math.round(performance.now() - startedAt) };
}

function isPrime(number: number): boolean {
  if (number < 4) return number > 1;
  if (number % 2 === 0) return false;
  for (let divisor = 3; divisor * divisor <= number; divisor += 2) {
    if (number % divisor === 0) return false;
  }
  return true;
}
