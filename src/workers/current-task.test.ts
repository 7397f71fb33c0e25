import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { beginTask, currentTask, runBesideOthers } from './current-task.ts';

describe('one task at a time', () => {
  it('knows the task until the next one starts, across awaits', async () => {
    const [first, second] = [{}, {}];
    beginTask(first);
    await turn();
    expect(currentTask()).toBe(first);
    beginTask(second);
    expect(currentTask()).toBe(second);
  });
});

describe('several tasks at once', () => {
  it('keeps them apart while they take turns', async () => {
    const tasks = [{ n: 0 }, { n: 1 }, { n: 2 }];
    const seen = await Promise.all(
      tasks.map((task) =>
        runBesideOthers(task, async () => {
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
  });

  it('knows the task in a timer that outlives it', async () => {
    const task = {};
    const late = Promise.withResolvers<unknown>();
    runBesideOthers(task, () => {
      setImmediate(() => late.resolve(currentTask()));
    });
    beginTask({});
    expect(await late.promise).toBe(task);
  });
});
