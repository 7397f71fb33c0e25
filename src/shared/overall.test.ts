import { expect, test } from 'vitest';
import { type BatchSummary, batchSpecSchema, noCounts, type TaskCounts } from './batch.ts';
import { overallOf } from './overall.ts';

const finite = { definition: { kind: 'builtin', name: 'hash' }, inputs: { kind: 'range', from: 0, to: 10 } };
const watching = { ...finite, inputs: { kind: 'watch', folder: '/in' } };

const batch = (
  state: BatchSummary['state'],
  counts: Partial<TaskCounts>,
  more: { spec?: object; enumerated?: boolean } = {},
) => ({
  state,
  counts: { ...noCounts(), ...counts },
  total: Object.values(counts).reduce((sum, count) => sum + count, 0),
  enumerated: more.enumerated ?? true,
  spec: batchSpecSchema.parse(more.spec ?? finite),
});

test('the share is of the tasks of all, with those that have ended meanwhile', () => {
  const overall = overallOf([
    batch('running', { succeeded: 10, failed: 2, pending: 48 }),
    batch('completed', { succeeded: 40 }),
  ]);
  expect(overall).toEqual({ running: 1, share: 0.52, failed: 2, paused: false, idle: false });
});

test('where nothing runs there is no share', () => {
  expect(overallOf([batch('completed', { succeeded: 40 })])).toMatchObject({ running: 0, share: null });
  expect(overallOf([])).toMatchObject({ running: 0, paused: false, idle: false });
});

test('all have to be paused', () => {
  const paused = batch('paused', { pending: 3 });
  expect(overallOf([paused, paused]).paused).toBe(true);
  expect(overallOf([paused, batch('running', { pending: 3 })]).paused).toBe(false);
});

test('a watched folder has no share until it is closed, and is idle between its files', () => {
  const more = { spec: watching, enumerated: false };
  expect(overallOf([batch('running', { succeeded: 3 }, more)])).toMatchObject({ share: null, idle: true });
  expect(overallOf([batch('running', { succeeded: 3, running: 1 }, more)])).toMatchObject({
    share: null,
    idle: false,
  });
  const closing = batch('closing', { succeeded: 3, running: 1 }, { spec: watching });
  expect(overallOf([closing])).toMatchObject({ share: 0.75, idle: false });
});
