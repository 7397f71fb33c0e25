// One task per CPU; the results are collected in the order in which the tasks were submitted.
import { availableParallelism } from 'node:os';
import { type AsyncResult, Pool } from 'poolboard';

/** The primes below a number. */
function countPrimes(below: number) {
  let primes = 0;
  for (let number = 2; number < below; number++) {
    let divisor = 2;
    while (divisor * divisor <= number && number % divisor !== 0) divisor += 1;
    if (divisor * divisor > number) primes += 1;
  }
  return [below, primes];
}

const pool = new Pool();
const results: AsyncResult<number[]>[] = [];
for (let n = 1; n <= availableParallelism(); n++) {
  results.push(pool.applyAsync(countPrimes, [n * 10_000]));
}
pool.close();
await pool.join();
for (const result of results) {
  const [below, primes] = await result.get();
  console.log(`${primes} primes below ${below}`);
}
