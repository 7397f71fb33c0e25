import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TaskSet } from './task-set.ts';

test('a TaskSet holds what a Set would', () => {
  const tasks = Array.from({ length: 4 }, (_, id) => ({ id }));
  const change = fc.tuple(fc.constantFrom('add', 'delete'), fc.constantFrom(...tasks));
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const set = new TaskSet<{ id: number }>();
      const model = new Set<{ id: number }>();
      for (const [what, task] of changes as ['add' | 'delete', { id: number }][]) {
        set[what](task);
        model[what](task);
        expect(new Set(set)).toEqual(model);
        expect(set.size).toBe(model.size);
        for (const each of tasks) expect(set.has(each)).toBe(model.has(each));
      }
    }),
  );
});
