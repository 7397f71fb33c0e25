import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { collect } from './collect.ts';

test('what is added in one turn of the event loop arrives together, what comes later apart', async () => {
  const delivered: string[][] = [];
  const add = collect((paths) => delivered.push(paths));
  add('a');
  add('b');
  await nextTurn();
  add('c');
  await nextTurn();
  expect(delivered).toEqual([['a', 'b'], ['c']]);
});
