import { expect, test } from 'vitest';
import { type Draft, emptyDraft } from './draft.ts';
import { emptyTable } from './table-options.ts';
import { withoutSent } from './without-sent.ts';

const sent: Draft = {
  ...emptyDraft,
  name: 'apples',
  paths: ['/a', '/b'],
  typedPath: '/c',
  rowsFile: '/t.csv',
  rowsText: 'one',
  table: { ...emptyTable },
  watch: { ...emptyDraft.watch, folder: '/w' },
  builtin: 'hash',
  queued: true,
};
const after = (change: Partial<Draft>): Draft => {
  const now = { ...sent, ...change };
  return { ...now, ...withoutSent(now, sent) };
};

test('a draft that was sent keeps its task and settings, and none of its inputs', () => {
  expect(after({})).toEqual({ ...emptyDraft, builtin: 'hash', queued: true });
});

test('what was dropped or typed while it was sent stays', () => {
  expect(after({ paths: ['/a', '/b', '/late'] }).paths).toEqual(['/late']);
  const table = { ...emptyTable };
  const late = { name: 'pears', typedPath: '/d', rowsFile: '/u.csv', table, rowsText: 'two' };
  expect(after(late)).toMatchObject(late);
  expect(after(late).table).toBe(table);
  const watch = { ...sent.watch, folder: '/x' };
  expect(after({ watch }).watch).toBe(watch);
});

test('taken-over inputs go with the batch; others that were taken over since stay', () => {
  const given: Draft['given'] = { source: { kind: 'list', values: ['1'] }, name: 'one', count: 1 };
  const old: Draft = { ...sent, inputs: 'given', given };
  expect(withoutSent(old, old)).toMatchObject({ inputs: 'files', given: null });
  const next: Draft = { ...old, given: { ...given, name: 'two' } };
  expect({ ...next, ...withoutSent(next, old) }).toMatchObject({ inputs: 'given', given: { name: 'two' } });
});
