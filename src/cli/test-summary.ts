import { type BatchSummary, batchSpecSchema, noCounts, type TaskCounts } from '../shared/batch.ts';

/** A batch for tests, with the counts and fields given. */
export function testSummary(
  counts: Partial<TaskCounts> = {},
  more: Partial<BatchSummary> = {},
): BatchSummary {
  const all = { ...noCounts(), ...counts };
  return {
    id: 12,
    name: 'hash photos',
    state: 'running',
    spec: batchSpecSchema.parse({
      definition: { kind: 'builtin', name: 'hash' },
      inputs: { kind: 'range', from: 0, to: 3 },
    }),
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
