import { expect, test } from 'vitest';
import { list, numbers, TestEngine } from '../test-engine.ts';

const test1 = TestEngine.forEachTest();
const bytes = (text: string | undefined): number[] => [...Buffer.from(text ?? '', 'base64')];

test('the timeline of a batch has a lane for each worker, and its tasks one by one where they are few', async () => {
  const code = `export default async (n) => { await new Promise((r) => setTimeout(r, 20)); if (n === 7) throw new Error('no'); return n; }`;
  const { id } = await test1.run(test1.spec(code, numbers(20), { options: { chunkSize: 1 } }));
  const view = await test1.engine.stats.timeline({ batch: id, from: 0, to: null, pixels: 300 });
  expect(view.live).toBe(false);
  expect(view.lanes.map(({ worker }) => worker)).toEqual([1, 2]);
  expect(view.spans!.index.toSorted((a, b) => a - b)).toEqual([...Array(20).keys()]);
  expect(view.lanes.reduce((sum, { counts }) => sum + counts.failures, 0)).toBe(1);
  const place = view.spans!.index.indexOf(7);
  const at = { batch: id, worker: view.spans!.worker[place]!, reach: 0 };
  const middle = view.spans!.from[place]! + 5;
  const found = await test1.engine.stats.at({ ...at, time: middle, step: 'here' });
  expect(found).toMatchObject({ index: 7, input: '7', outcome: 'error', state: 'failed', attempt: 1 });
  const next = await test1.engine.stats.at({ ...at, time: found!.from, step: 'next' });
  expect(next!.from).toBeGreaterThan(found!.from);
  const back = await test1.engine.stats.at({ ...at, time: next!.from, step: 'previous' });
  expect(back!.index).toBe(7);
  expect(await test1.engine.stats.at({ ...at, time: view.length + 1e6, step: 'here' })).toBeNull();
});

test('what was measured is there after the program has ended, and goes on when the batch is run again', async () => {
  const code = `export default async (n) => { await new Promise((r) => setTimeout(r, 10)); if (n === 3) throw new Error('no'); return n; }`;
  const { id } = await test1.run(test1.spec(code, numbers(10)));
  const before = await test1.engine.stats.charts(id);
  expect(before.durations!.count).toBe(10);
  const { busy, lost } = before.efficiency!;
  expect(busy + Object.values(lost).reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 6);
  await test1.engine.close();
  await test1.open();
  expect(await test1.engine.stats.charts(id)).toEqual(before);
  await test1.engine.retry(id, 'unsuccessful');
  await test1.engine.ended(id);
  const after = await test1.engine.stats.charts(id);
  expect(after.durations!.count).toBe(11);
  expect(after.runs).toHaveLength(2);
  expect(after.length).toBeGreaterThan(before.length);
});

test('a task that runs is in its lane before it has ended, and is found there', async () => {
  const code = `export default (n) => new Promise(() => {});`;
  const { id } = await test1.engine.submit(test1.spec(code, list([41])));
  await test1.until(id, ({ counts }) => counts.running === 1);
  const view = await test1.engine.stats.timeline({ batch: id, from: 0, to: null, pixels: 10 });
  expect(view.live).toBe(true);
  const { worker, shares } = view.lanes.find((lane) => lane.shares.running)!;
  expect(bytes(shares.running).at(-1)).toBeGreaterThan(0);
  expect(view.spans).toMatchObject({ index: [0], worker: [worker] });
  const found = await test1.engine.stats.at({ batch: id, worker, time: view.length, reach: 0, step: 'here' });
  expect(found).toMatchObject({ index: 0, input: '41', state: 'running', outcome: null });
  await test1.engine.cancel(id);
});

test('a worker that died and workers that were replaced are marked in their lanes', async () => {
  const slow = (body: string) =>
    `export default async (n) => { ${body} await new Promise((r) => setTimeout(r, 150)); return n; }`;
  const marks = async (id: number) => {
    const { lanes } = await test1.engine.stats.timeline({ batch: id, from: 0, to: null, pixels: 100 });
    const sum = (mark: 'deaths' | 'recycles') => lanes.reduce((all, { counts }) => all + counts[mark], 0);
    return { deaths: sum('deaths'), recycles: sum('recycles') };
  };
  const dying = slow(`if (n === 2) process.kill(process.pid, 'SIGKILL');`);
  const died = await test1.run(test1.spec(dying, numbers(6), { options: { chunkSize: 1 } }));
  expect(await marks(died.id)).toEqual({ deaths: 1, recycles: 0 });
  const options = { chunkSize: 1, maxTasksPerWorker: 2 };
  const replaced = await test1.run(test1.spec(slow(''), numbers(8), { options }));
  const found = await marks(replaced.id);
  expect(found.deaths).toBe(0);
  expect(found.recycles).toBeGreaterThan(0);
});

test('a batch without measurements has an empty timeline, and one that is not there none', async () => {
  await expect(test1.engine.stats.charts(99)).rejects.toThrow('There is no batch 99.');
});
