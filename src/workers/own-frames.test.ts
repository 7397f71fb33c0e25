import { expect, it } from 'vitest';
import { withoutOwnFrames } from './own-frames.ts';

it('cuts a stack where the worker’s own frames begin', () => {
  const mine = 'RangeError: no\n    at inner (/t.js:3:9)\n    at task (/t.js:1:5)';
  expect(withoutOwnFrames(`${mine}\n    at #runSerially (/w/worker.ts:1:1)`)).toContain('#runSerially');
  expect(
    withoutOwnFrames(
      `${mine}\n    at Worker.#runSerially (/w/worker.ts:161:22)\n    at async Worker.run (/w)`,
    ),
  ).toBe(mine);
  expect(withoutOwnFrames(`${mine}\n    at async Worker$1.#runSerially (/w/worker.js:1:1)`)).toBe(mine);
});

it('leaves a stack of nobody else’s alone, and a class of the task’s that is called Worker', () => {
  const stack = 'Error: x\n    at Worker.handle (/t.js:1:1)';
  expect(withoutOwnFrames(stack)).toBe(stack);
});
