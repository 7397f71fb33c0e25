import { expect, test } from 'vitest';
import { type BatchSpec, batchSpecSchema } from '../../shared/batch.ts';
import { brief } from './check-spec.ts';

const spec = (inputs: object): BatchSpec =>
  batchSpecSchema.parse({ definition: { kind: 'builtin', name: 'hash' }, inputs });
const numbered = (count: number): string[] => Array.from({ length: count }, (_, n) => `/photos/${n}.jpg`);

test('of long lists the start is kept, with how many there were', () => {
  const values = numbered(20_000);
  expect(brief(spec({ kind: 'list', values })).inputs).toEqual({
    kind: 'list',
    values: values.slice(0, 100),
    given: 20_000,
  });
  expect(brief(spec({ kind: 'files', paths: values })).inputs).toEqual({
    kind: 'files',
    paths: values.slice(0, 100),
    given: 20_000,
  });
});

test('what is kept whole says no number, whatever the spec said', () => {
  const paths = numbered(100);
  expect(brief(spec({ kind: 'files', paths, given: 7 })).inputs).toEqual({ kind: 'files', paths });
});
