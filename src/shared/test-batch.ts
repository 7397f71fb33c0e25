import { type BatchSummary, batchSpecSchema, noCounts, type TaskCounts } from './batch.ts';

const spec = batchSpecSchema.parse({
  definition: { kind: 'builtin', name: 'hash' },
  inputs: { kind: 'files', paths: ['/in'] },
});

/** A running batch for tests; `total` is what the counts sum to. */
export function testBatch({
  counts,
  ...more
}: Partial<Omit<BatchSummary, 'counts'>> & { counts?: Partial<TaskCounts> } = {}): BatchSummary {
  const all = { ...noCounts(), ...counts };
  return {
    id: 1,
    name: 'hash in',
    state: 'running',
    spec,
    priority: 'normal',
    place: null,
    total: Object.values(all).reduce((sum, count) => sum + count, 0),
    enumerated: true,
    counts: all,
    createdAt: 0,
    startedAt: 0,
    endedAt: null,
    rate: null,
    eta: null,
    busy: null,
    retrying: 0,
    error: null,
    notice: null,
    warnings: [],
    bytes: 0,
    ...more,
  };
}
