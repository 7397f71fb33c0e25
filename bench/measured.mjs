/**
 * Times an engine that is warm already, and prints what `run.ts` reads: one line of JSON with tasks, seconds and
 * peakMb (resident memory of this process at most).
 * @param {number} tasks
 * @param {(take: (value: number) => void) => Promise<unknown>} work hands each result to `take`.
 */
export async function measured(tasks, work) {
  let count = 0;
  let low = 0;
  const startedAt = performance.now();
  await work((value) => {
    count += 1;
    low += value & 0xffff;
  });
  const seconds = (performance.now() - startedAt) / 1000;
  let expected = 0;
  for (let x = 0; x < tasks; x++) expected += (x * x) & 0xffff;
  if (count !== tasks || low !== expected) {
    throw new Error(`Wrong results: ${count} that sum up to ${low}, in place of ${tasks} and ${expected}.`);
  }
  const peakMb = Math.round((process.resourceUsage().maxRSS * 1024) / 1e6);
  console.log(JSON.stringify({ tasks, seconds, peakMb }));
}
