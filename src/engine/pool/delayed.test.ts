import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DelayedTasks } from './delayed.ts';

const delayed = (index: number, dueAt: number) => ({
  task: { index, input: 'null', alone: false },
  dueAt,
  at: dueAt,
});

describe('tasks that wait for their next attempt', () => {
  it('come out when they are due, the earliest first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 })),
        fc.integer({ min: 0, max: 50 }),
        (times, now) => {
          const tasks = new DelayedTasks();
          for (const [index, dueAt] of times.entries()) tasks.add(delayed(index, dueAt));
          const due = tasks.takeDue(now).map(({ index }) => times[index]!);
          expect(due).toEqual(times.filter((at) => at <= now).toSorted((a, b) => a - b));
          expect(tasks.size).toBe(times.length - due.length);
        },
      ),
    );
  });

  it('are found, and taken out, by their index', () => {
    const tasks = new DelayedTasks();
    tasks.add(delayed(1, 30));
    tasks.add(delayed(2, 10));
    expect(tasks.get(2)?.at).toBe(10);
    expect(tasks.remove(2)?.index).toBe(2);
    expect(tasks.remove(2)).toBeUndefined();
    expect(tasks.takeDue(100).map(({ index }) => index)).toEqual([1]);
    expect(tasks.get(1)).toBeUndefined();
  });
});
