/** No wait is longer than this because of doubling, milliseconds. */
const longestMs = 60_000;

/**
 * How long a task waits before it is tried again, milliseconds: exponential backoff with equal jitter, as in
 * "Exponential Backoff And Jitter" of the AWS Architecture Blog.
 * @param failures attempts that did not succeed so far, from 1.
 * @param baseMs the wait after the first of them; 0 for none at all.
 * @param random a number from 0 to 1, of which half a wait depends.
 */
export function backoffMs(failures: number, baseMs: number, random = Math.random()): number {
  const wholeMs = Math.min(baseMs * 2 ** (failures - 1), Math.max(longestMs, baseMs));
  return wholeMs * (1 - random / 2);
}
