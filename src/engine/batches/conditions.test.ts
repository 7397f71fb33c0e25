import { afterEach, expect, test, vi } from 'vitest';
import { batchOptionsSchema } from '../../shared/batch.ts';
import { InputRoots } from '../machine/input-roots.ts';
import { BatchConditions } from './conditions.ts';

afterEach(() => vi.useRealTimers());

test('a task that ran before its folder was seen to be back is excused, and one after it is not', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  let isThere = true;
  const deviceOf = () => {
    if (isThere) return 1;
    throw Object.assign(new Error('gone'), { code: 'ENOENT' });
  };
  const roots = InputRoots.of({ kind: 'files', paths: [import.meta.dirname] }, [], {
    now: () => 0,
    deviceOf,
  });
  const conditions = new BatchConditions(batchOptionsSchema.parse({}), roots);
  isThere = false;
  vi.setSystemTime(1000);
  expect(conditions.excuse(900)?.code).toBe('INPUTS_AWAY');
  isThere = true;
  vi.setSystemTime(2000);
  expect(conditions.excuse(1500)?.code).toBe('INPUTS_AWAY');
  vi.setSystemTime(3000);
  expect(conditions.excuse(2500)).toBeNull();
});
