import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { all, counting, list, numbers, sign, TestEngine } from './test-engine.ts';

const test = TestEngine.forEachTest();

describe('a task that does not succeed', () => {
  it('says when it will be tried again', async () => {
    const options = { retries: 2, retryDelayMs: 3_600_000 };
    const { id } = await test.engine.submit(
      test.spec(`export default () => { throw new Error('no'); };`, numbers(1), { options }),
    );
    await test.until(id, (batch) => batch.retrying === 1);
    const { rows } = await test.engine.page(id, all, 0, 1);
    expect(rows[0]).toMatchObject({ state: 'pending', retry: { attempt: 2, of: 3 }, outcome: 'error' });
    // Up to half of the wait is left out at random.
    expect(rows[0]!.retry!.at).toBeGreaterThan(Date.now() + 1_700_000);
    expect((await test.engine.detail(id, 0)).retry).toEqual(rows[0]!.retry);
    await test.engine.cancel(id);
  });

  it('is tried again after a wait that doubles', async () => {
    const code = `${counting(test.dir)}
export default (x) => { const n = calls(x); if (n < 3) throw new Error('attempt ' + n); return n; };`;
    const options = { retries: 2, retryDelayMs: 400 };
    const { id, counts } = await test.run(test.spec(code, list(['a']), { options }));
    expect(counts.succeeded).toBe(1);
    const { attempts, value } = await test.engine.detail(id, 0);
    expect(value).toBe('3');
    expect(attempts.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [1, 'error'],
      [2, 'error'],
      [3, 'ok'],
    ]);
    const waits = [1, 2].map((i) => attempts[i]!.startedAt! - attempts[i - 1]!.startedAt!);
    // Half of each wait is at random, so that is the least; clocks of two processes may differ by a hair.
    expect(waits[0]).toBeGreaterThan(195);
    expect(waits[1]).toBeGreaterThan(395);
  });

  it('is tried again only after the outcomes that were asked for', async () => {
    const code = `export default (x) => {
  if (x === 'error') throw new Error('no');
  process.kill(process.pid, 'SIGKILL');
  for (;;);
};`;
    const options = { retries: 1, retryDelayMs: 0, retryOn: ['crash' as const] };
    const { id } = await test.run(test.spec(code, list(['error', 'crash']), { options }));
    expect((await test.rows(id)).map(({ attempts }) => attempts)).toEqual([1, 2]);
  });

  it('is canceled while it waits for its next attempt', async () => {
    const options = { retries: 1, retryDelayMs: 3_600_000 };
    const { id } = await test.engine.submit(
      test.spec(`export default () => { throw new Error('no'); };`, numbers(1), { options }),
    );
    await test.until(id, (batch) => batch.retrying === 1);
    expect(await test.engine.cancelTasks(id, { indices: [0] })).toBe(1);
    const ended = await test.engine.ended(id);
    expect(ended).toMatchObject({ state: 'completed', retrying: 0, counts: { canceled: 1, failed: 0 } });
    expect((await test.engine.detail(id, 0)).attempts).toHaveLength(1);
  });

  it('is not tried again once it has killed three workers, whatever was asked for', async () => {
    const options = { retries: 50, retryDelayMs: 0 };
    const code = `export default (x) => { if (x === 1) process.kill(process.pid, 'SIGKILL'); return x; };`;
    const { id } = await test.run(test.spec(code, numbers(3), { options }));
    const rows = await test.rows(id);
    expect(rows.map(({ state }) => state)).toEqual(['succeeded', 'failed', 'succeeded']);
    expect(rows[1]).toMatchObject({ attempts: 3, error: { name: 'WorkerCrash' } });
    expect(rows[1]!.error!.message).toContain('3 workers');
  });

  it('makes many wait without holding them all in memory', async () => {
    const code = `${counting(test.dir)}
let n = 0;
export default (x) => { if (n++ % 3 === 0) throw new Error('one of three'); return x; };`;
    const options = { retries: 20, retryDelayMs: 10 };
    const ended = await test.run(test.spec(code, numbers(30_000), { options }));
    expect(ended.counts.succeeded).toBe(30_000);
  });
});

describe('a timeout', () => {
  it('in percent follows from the median of the tasks that succeeded', async () => {
    const code = `export default async (x, { signal }) => {
  const ms = x === 6 ? 60_000 : 50;
  await new Promise((resolve, reject) => {
    setTimeout(resolve, ms);
    signal.addEventListener('abort', () => reject(new Error('asked')));
  });
  return x;
};`;
    const options = { timeoutPercent: 400, chunkSize: 1 };
    const { id } = await test.run(test.spec(code, numbers(8), { options }));
    const rows = await test.rows(id);
    expect(rows.filter(({ state }) => state === 'failed').map(({ index }) => index)).toEqual([6]);
    expect(rows[6]!.error).toMatchObject({ code: 'TIMEOUT' });
    expect(rows[6]!.error!.message).toMatch(/400% of the median task/);
  });

  it('is counted from the start of the attempt, not from when the task was sent', async () => {
    const options = { timeoutMs: 1500, chunkSize: 8, workers: 1 };
    const code = 'export default () => new Promise((resolve) => setTimeout(resolve, 300));';
    const ended = await test.run(test.spec(code, numbers(8), { options }));
    expect(ended.counts.succeeded).toBe(8);
  });
});

describe('a worker', () => {
  it('that runs out of memory is told as such', async () => {
    const code = `export default (x) => {
  if (x !== 1) return x;
  const kept = [];
  for (;;) kept.push(new Array(10_000).fill(Math.random()));
};`;
    const { id } = await test.run(test.spec(code, numbers(3), { options: { heapMb: 64 } }));
    const rows = await test.rows(id);
    expect(rows.map(({ state }) => state)).toEqual(['succeeded', 'failed', 'succeeded']);
    expect(rows[1]!.error).toMatchObject({ code: 'OUT_OF_MEMORY', fields: { how: 'out of memory' } });
    const { rows: shown } = await test.engine.page(id, all, 1, 1);
    expect(shown[0]).toMatchObject({ outcome: 'crash', how: 'out of memory' });
  });

  it('that stops answering and uses no processor is ended as a crash of its task', async () => {
    const file = test.path('pid');
    const code = `import { writeFileSync } from 'node:fs';
export default (x) => {
  if (x !== 0) return x;
  writeFileSync(${JSON.stringify(file)}, String(process.pid));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};`;
    const { id } = await test.run(test.spec(code, numbers(20), { options: { hangMs: 1000 } }));
    const rows = await test.rows(id);
    expect(rows.filter(({ state }) => state !== 'succeeded').map(({ index }) => index)).toEqual([0]);
    expect(rows[0]!.error).toMatchObject({ code: 'WORKER_HUNG', fields: { how: 'no sign of life' } });
  });

  it('that is at work without a word for longer than that is left alone', async () => {
    const code =
      'export default () => { const end = Date.now() + 2500; while (Date.now() < end); return 1; };';
    const ended = await test.run(test.spec(code, numbers(1), { options: { hangMs: 800 } }));
    expect(ended.counts.succeeded).toBe(1);
  });

  it('that has grown too large is replaced between two tasks', async () => {
    const code = `const kept = [];
export default async (x) => {
  kept.push(Buffer.alloc(60_000_000, 1));
  await new Promise((resolve) => setTimeout(resolve, 1200));
  return process.pid;
};`;
    const options = { workers: 1, chunkSize: 1, maxWorkerMemoryBytes: 90_000_000 };
    const { id, counts } = await test.run(test.spec(code, numbers(3), { options }));
    expect(counts.succeeded).toBe(3);
    expect(new Set((await test.rows(id)).map(({ value }) => value)).size).toBeGreaterThan(1);
  });

  it('gives way to other programs', async () => {
    const code = `import { getPriority } from 'node:os'; export default () => getPriority();`;
    const { id } = await test.run(test.spec(code, numbers(1)));
    expect((await test.rows(id))[0]!.value).toBe('10');
  });
});

describe('canceling', () => {
  const waiting = `import { writeFileSync } from 'node:fs';
export default (file, { signal }) => new Promise((resolve, reject) => {
  writeFileSync(file, 'runs');
  signal.addEventListener('abort', () => reject(new Error('asked')));
});`;

  it('a selection ends those that run and those that wait, and touches no other', async () => {
    const files = ['a', 'b', 'c', 'd'].map((name) => test.path(name));
    const options = { chunkSize: 1, workers: 1 };
    const { id } = await test.engine.submit(test.spec(waiting, list(files), { options }));
    await sign(files[0]!);
    expect(await test.engine.cancelTasks(id, { indices: [0, 2, 99] })).toBe(2);
    await sign(files[1]!);
    await test.until(
      id,
      ({ counts }) => counts.canceled === 2 && counts.running === 1 && counts.pending === 1,
    );
    await test.engine.cancel(id);
    expect((await test.engine.ended(id)).counts).toMatchObject({ canceled: 4 });
  });

  it('all that wait leaves those that run', async () => {
    const files = Array.from({ length: 50 }, (_, i) => test.path(`f${i}`));
    const options = { chunkSize: 1, workers: 1 };
    const { id } = await test.engine.submit(test.spec(waiting, list(files), { options }));
    await sign(files[0]!);
    const pending = { ...all, filter: 'pending' as const };
    expect(await test.engine.cancelTasks(id, { query: pending })).toBe(49);
    await test.until(id, ({ counts }) => counts.canceled === 49 && counts.running === 1);
    await test.engine.cancelTasks(id, { query: { ...all, filter: 'running' } });
    expect(await test.engine.ended(id)).toMatchObject({ state: 'completed', counts: { canceled: 50 } });
  });

  it('a task that has ended changes nothing', async () => {
    const file = test.path('last');
    const code = `import { existsSync } from 'node:fs';
export default async (x) => { while (x === 1 && !existsSync(${JSON.stringify(file)})) await new Promise((r) => setTimeout(r, 20)); return x; };`;
    const { id } = await test.engine.submit(test.spec(code, numbers(2), { options: { chunkSize: 1 } }));
    await test.until(id, ({ counts }) => counts.succeeded === 1);
    expect(await test.engine.cancelTasks(id, { indices: [0] })).toBe(0);
    writeFileSync(file, '');
    expect((await test.engine.ended(id)).counts).toMatchObject({ succeeded: 2, canceled: 0 });
  });
});

describe('a halt rule', () => {
  const failing = (when: 'now' | 'soon', tasks: number) => ({
    chunkSize: 1,
    workers: 1,
    halt: { when, on: 'fail' as const, limit: { unit: 'tasks' as const, tasks } },
  });

  it('skips what was not started', async () => {
    const code = `export default (x) => { if (x >= 2) throw new Error('no'); return x; };`;
    const ended = await test.run(test.spec(code, numbers(1000), { options: failing('soon', 2) }));
    expect(ended).toMatchObject({ state: 'completed', counts: { succeeded: 2, failed: 2, skipped: 996 } });
    expect(ended.warnings).toEqual(['Stopped early: 2 tasks have failed.']);
    const rows = await test.rows(ended.id);
    expect(rows.slice(-1)[0]).toMatchObject({ state: 'skipped', attempts: 0 });
  });

  const two = (dir: string) => `import { existsSync, writeFileSync } from 'node:fs';
export default async (x, { signal }) => {
  const wait = () => {
    signal.throwIfAborted();
    return new Promise((resolve) => setTimeout(resolve, 10));
  };
  if (x === 0) { while (!existsSync('${dir}/other')) await wait(); throw new Error('no'); }
  writeFileSync('${dir}/other', '');
  for (let i = 0; i < 60; i++) await wait();
  return 'to the end';
};`;

  it('lets running tasks end where it says soon', async () => {
    const options = { ...failing('soon', 1), workers: 2 };
    const { id } = await test.run(test.spec(two(test.dir), numbers(2), { options }));
    expect((await test.rows(id)).map(({ state }) => state)).toEqual(['failed', 'succeeded']);
  });

  it('stops running tasks where it says now', async () => {
    const options = { ...failing('now', 1), workers: 2 };
    const { id } = await test.run(test.spec(two(test.dir), numbers(2), { options }));
    expect((await test.rows(id)).map(({ state }) => state)).toEqual(['failed', 'skipped']);
  });
});
