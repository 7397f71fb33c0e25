import { expect, test } from 'vitest';
import { packMessage } from '../../shared/packed-indices.ts';
import type { FromWorker } from '../../shared/wire.ts';
import { readFromWorker } from './from-worker.ts';

test('a message of a worker is read as it was sent', () => {
  const results: FromWorker = {
    type: 'results',
    job: 1,
    indices: [4, 5, 6],
    outcomes: new Uint8Array(3),
    values: '1\n2\n3',
    startedAt: new Float64Array(3),
    ms: new Float64Array(3),
    output: [],
  };
  expect(readFromWorker(structuredClone(packMessage(results)))).toEqual(results);
  expect(readFromWorker({ type: 'beat' })).toEqual({ type: 'beat' });
});

test.each([
  null,
  undefined,
  'hello',
  7,
  [],
  {},
  { type: 'hello' },
  { type: 'results' },
  { type: 'results', indices: [1] },
  { type: 'output' },
  { type: 'running', indices: 1 },
  { type: 'returned' },
])('what a task may have said by the same channel is not taken for one: %j', (said) => {
  expect(readFromWorker(said)).toBeNull();
});
