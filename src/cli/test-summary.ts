import { type BatchSummary, batchSpecSchema, type TaskCounts } from '../shared/batch.ts';
import { testBatch } from '../shared/test-batch.ts';

/** A batch for tests, with the counts and fields given. */
export function testSummary(
  counts: Partial<TaskCounts> = {},
  more: Partial<BatchSummary> = {},
): BatchSummary {
  const spec = batchSpecSchema.parse({
    definition: { kind: 'builtin', name: 'hash' },
    inputs: { kind: 'range', from: 0, to: 3 },
  });
  return { ...testBatch({ id: 12, name: 'hash photos', spec, counts }), ...more };
}
