import { existsSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { list, numbers, sign, TestEngine } from '../test-engine.ts';

const pool = TestEngine.forEachTest();

/** A task that waits until a file of its name is there. */
const waiting = () => `
import { existsSync } from 'node:fs';
export default async (name) => {
  while (!existsSync(${JSON.stringify(pool.dir)} + '/' + name)) await new Promise((go) => setTimeout(go, 10));
};`;
const allow = (name: string) => writeFileSync(pool.path(name), '');

const submit = (name: string, queued = false) =>
  pool.engine.submit(pool.spec(waiting(), list([name]), { name, options: { queued } }));
const queuedNames = async () =>
  (await pool.engine.list())
    .filter(({ state }) => state === 'queued')
    .sort((a, b) => a.place! - b.place!)
    .map(({ name }) => name);

test('queued batches start one after the other, when all before them have ended', async () => {
  const first = await submit('first');
  const second = await submit('second', true);
  const third = await submit('third', true);
  expect(second).toMatchObject({ state: 'queued', startedAt: null });
  // Their inputs are there meanwhile.
  await pool.until(third.id, ({ enumerated, total }) => enumerated && total === 1);
  expect(await queuedNames()).toEqual(['second', 'third']);

  allow('first');
  await pool.engine.ended(first.id);
  await pool.until(second.id, ({ state, place }) => state === 'running' && place === null);
  expect((await pool.engine.get(third.id)).state).toBe('queued');
  allow('second');
  allow('third');
  const { counts, startedAt } = await pool.engine.ended(third.id);
  expect(counts.succeeded).toBe(1);
  expect(startedAt).toBeGreaterThanOrEqual((await pool.engine.get(second.id)).endedAt!);
});

test('a batch that is queued while nothing runs starts at once', async () => {
  const batch = await submit('alone', true);
  expect(batch).toMatchObject({ state: 'running', place: null });
  allow('alone');
  expect((await pool.engine.ended(batch.id)).state).toBe('completed');
});

test('what is queued can be moved, started before its turn, and canceled', async () => {
  await submit('runs');
  const [b, c, d] = [await submit('b', true), await submit('c', true), await submit('d', true)];
  await pool.engine.queue.move(d.id, b.id);
  expect(await queuedNames()).toEqual(['d', 'b', 'c']);
  await pool.engine.queue.move(d.id, null);
  expect(await queuedNames()).toEqual(['b', 'c', 'd']);
  expect((await pool.engine.queue.startNow(c.id)).state).toBe('running');
  await pool.engine.cancel(b.id);
  expect(await pool.engine.ended(b.id)).toMatchObject({ state: 'canceled', counts: { canceled: 1 } });
  expect(await queuedNames()).toEqual(['d']);
  await expect(pool.engine.queue.move(c.id, d.id)).rejects.toMatchObject({ code: 'NOT_QUEUED' });
  for (const name of ['runs', 'c', 'd']) allow(name);
  expect((await pool.engine.ended(d.id)).state).toBe('completed');
});

test('the end of the program interrupts what is queued; it waits in its place again once it is resumed', async () => {
  await submit('runs');
  const later = await submit('later', true);
  const urgent = await submit('urgent', true);
  await pool.engine.queue.move(urgent.id, later.id);
  await pool.engine.queue.setPriority(later.id, 'high');
  await pool.engine.close();

  await pool.open();
  expect(await pool.engine.get(later.id)).toMatchObject({
    state: 'interrupted',
    place: 1,
    priority: 'high',
  });
  await submit('others');
  await pool.engine.resume(later.id);
  await pool.engine.resume(urgent.id);
  expect(await queuedNames()).toEqual(['urgent', 'later']);
  for (const name of ['others', 'urgent', 'later']) allow(name);
  expect(await pool.engine.ended(later.id)).toMatchObject({ state: 'completed', priority: 'high' });
});

test('a batch of a higher priority gets the workers that become free', async () => {
  const mark = `
import { appendFileSync, existsSync } from 'node:fs';
export default async (number) => {
  appendFileSync(${JSON.stringify(pool.dir)} + '/order', number + '\\n');
  while (!existsSync(${JSON.stringify(pool.dir)} + '/go')) await new Promise((go) => setTimeout(go, 5));
};`;
  const range = (from: number, to: number) =>
    pool.engine.submit(pool.spec(mark, { kind: 'range', from, to }, { options: { chunkSize: 1 } }));
  pool.engine.setPoolSize(1);
  const low = await range(0, 5);
  await sign(pool.path('order'));
  const high = await range(10, 12);
  expect((await pool.engine.queue.setPriority(high.id, 'high')).priority).toBe('high');
  allow('go');
  await Promise.all([pool.engine.ended(low.id), pool.engine.ended(high.id)]);
  const order = (await sign(pool.path('order'))).trim().split('\n').map(Number);
  // One that ran and one that was sent ahead to its worker were there before.
  expect(order.slice(-3)).toEqual([2, 3, 4]);
});

test('tasks of a queued batch do not start, whatever room there is', async () => {
  await submit('runs');
  const code = `import { writeFileSync } from 'node:fs';
export default () => writeFileSync(${JSON.stringify(pool.path('ran'))}, '');`;
  const file = pool.task(code, 'queued.mjs');
  const batch = await pool.engine.submit({
    definition: { kind: 'module', file },
    inputs: numbers(3),
    options: { queued: true },
  });
  const quick = pool.task('export default (x) => x;', 'quick.mjs');
  const other = await pool.run({ definition: { kind: 'module', file: quick }, inputs: numbers(10) });
  expect(other.state).toBe('completed');
  expect(existsSync(pool.path('ran'))).toBe(false);
  allow('runs');
  expect((await pool.engine.ended(batch.id)).counts.succeeded).toBe(3);
});
