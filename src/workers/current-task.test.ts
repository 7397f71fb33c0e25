import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { currentTask, endSerialTask, runInTask, runInTaskBesideOthers } from './current-task.ts';

afterEach(endSerialTask);

describe('one task at a time', () => {
  it('knows the task until the next one starts, across awaits', async () => {
    const [first, second] = [{}, {}];
    const seen: unknown[] = [];
    await runInTask(first, async () => {
      await turn();
      seen.push(currentTask());
    });
    runInTask(second, () => seen.push(currentTask()));
    expect(seen[0]).toBe(first);
    expect(seen[1]).toBe(second);
  });

  it('knows no task after the end', () => {
    runInTask({}, () => {});
    endSerialTask();
    expect(currentTask()).toBeUndefined();
  });

  it('passes the result through and lets errors out', () => {
    expect(runInTask({}, () => 7)).toBe(7);
    expect(() =>
      runInTask({}, () => {
        throw new Error('mine');
      }),
    ).toThrow('mine');
  });

  it('takes less than a quarter of a microsecond a task', () => {
    const task = {};
    let done = 0;
    const startedAt = performance.now();
    for (let i = 0; i < 1_000_000; i++) done += runInTask(task, () => 1);
    expect(done).toBe(1_000_000);
    expect(performance.now() - startedAt).toBeLessThan(250);
  });
});

describe('several tasks at once', () => {
  it('keeps them apart while they take turns', async () => {
    const tasks = [{ n: 0 }, { n: 1 }, { n: 2 }];
    const seen = await Promise.all(
      tasks.map((task) =>
        runInTaskBesideOthers(task, async () => {
          const places: unknown[] = [currentTask()];
          for (let i = 0; i < 3; i++) {
            await turn();
            places.push(currentTask());
          }
          return places;
        }),
      ),
    );
    for (const [i, places] of seen.entries()) for (const place of places) expect(place).toBe(tasks[i]);
    expect(currentTask()).toBeUndefined();
  });

  it('knows the task in a timer that outlives it', async () => {
    const task = {};
    const late = Promise.withResolvers<unknown>();
    runInTaskBesideOthers(task, () => {
      setImmediate(() => late.resolve(currentTask()));
    });
    runInTask({}, () => {});
    expect(await late.promise).toBe(task);
  });
});
