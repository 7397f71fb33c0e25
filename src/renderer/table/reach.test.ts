import { expect, test } from 'vitest';
import { noCounts } from '../../shared/batch.ts';
import type { TaskState } from '../../shared/task.ts';
import type { TaskRow } from '../../shared/views.ts';
import { noMarks } from './marks.ts';
import { reachOf } from './reach.ts';
import { plainQuery } from './table-state.ts';

const rows = (...states: TaskState[]) => ({
  byPosition: new Map(states.map((state, index) => [index, { index, state } as TaskRow])),
  total: 100,
  keptBack: false,
});
const running = {
  state: 'running' as const,
  total: 100,
  counts: { ...noCounts(), pending: 60, running: 2, succeeded: 38 },
};
const ended = {
  state: 'completed' as const,
  total: 100,
  counts: { ...noCounts(), succeeded: 90, failed: 10 },
};

test('a cancel reaches those that have not ended; what is not loaded is taken to be so', () => {
  const marks = { ...noMarks, indices: new Set([0, 1, 2, 50]) };
  const table = { marks, rows: rows('succeeded', 'running', 'pending'), query: plainQuery };
  expect(reachOf('cancel', table, running)).toBe(3);
});

test('a retry reaches those that have ended', () => {
  const table = {
    marks: { ...noMarks, indices: new Set([0, 1]) },
    rows: rows('failed', 'succeeded'),
    query: plainQuery,
  };
  expect(reachOf('retry', table, ended)).toBe(2);
});

test('of all that match, the batch’s own counts tell', () => {
  const all = { marks: { ...noMarks, all: true }, rows: rows(), query: plainQuery };
  expect(reachOf('cancel', all, running)).toBe(62);
  expect(reachOf('retry', all, ended)).toBe(100);
  expect(reachOf('cancel', { ...all, query: { ...plainQuery, filter: 'succeeded' } }, running)).toBe(0);
  expect(reachOf('retry', { ...all, query: { ...plainQuery, search: 'x' } }, ended)).toBe(100);
});
