import { expect, test } from 'vitest';
import { partOf } from './blame.ts';
import { emptyDraft } from './draft.ts';

const draft = { ...emptyDraft, paths: ['/data/photos'], task: 'file' as const, file: '/tasks/resize.ts' };
const error = (code: string | undefined, message: string, file?: string) => ({
  name: 'PoolboardError',
  message,
  code,
  ...(file ? { place: { file } } : {}),
});

test.each([
  ['task', error('TASK_FILE_SYNTAX', 'Unexpected token.', '/tasks/resize.ts')],
  ['task', error('NO_DEFAULT_EXPORT', 'resize.ts has no default export.')],
  ['task', error('BAD_ARGUMENT', 'batches.submit: params.width: too small')],
  ['inputs', error('NO_INPUTS', 'There is nothing in /data/photos.')],
  ['inputs', error('BAD_ARGUMENT', 'batches.submit: inputs.paths: too short')],
  ['inputs', error(undefined, 'EACCES: /data/photos may not be read.')],
  ['options', error('BAD_ARGUMENT', 'batches.submit: options.retries: too big')],
  ['whole', error('STORE_FULL', 'The disk is full.')],
])('an error about the %s is shown there: %o', (part, info) => {
  expect(partOf(info, draft)).toBe(part);
});
