import type { RunningFacts } from '../pool/job.ts';
import type { Collector } from './collector.ts';

/** Tasks that run now, in run time. */
export interface RunningSpan {
  worker: number;
  index: number;
  attempt: number;
  from: number;
  to: number;
  input: unknown;
  /** Milliseconds since the epoch. */
  startedAt: number;
}

/** @param now milliseconds since the epoch. */
export function runningSpans(collector: Collector, running: RunningFacts[], now: number): RunningSpan[] {
  const to = collector.time.now(now);
  return running.map(({ worker, index, attempt, since, input }) => ({
    worker,
    index,
    attempt,
    input,
    startedAt: since,
    from: Math.min(to, collector.time.now(since)),
    to,
  }));
}

/**
 * Milliseconds in each bucket, by worker, that tasks used which have not ended: what a worker runs now counts as
 * work, however long it takes.
 */
export function runningByBucket(collector: Collector, spans: RunningSpan[]): Map<number, Float64Array> {
  const { width, capacity } = collector.buckets;
  const all = new Map<number, Float64Array>();
  for (const { worker, from, to } of spans) {
    const ms = all.get(worker) ?? new Float64Array(capacity);
    all.set(worker, ms);
    const last = Math.min(capacity - 1, Math.floor(to / width));
    for (let bucket = Math.floor(from / width); bucket <= last; bucket++) {
      const here = Math.min(to, (bucket + 1) * width) - Math.max(from, bucket * width);
      ms[bucket] = Math.min(width, ms[bucket]! + Math.max(0, here));
    }
  }
  return all;
}
