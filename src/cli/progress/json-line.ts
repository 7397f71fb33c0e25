import type { BatchSummary } from '../../shared/batch.ts';
import { figuresOf } from './figures.ts';

export type ProgressEvent = 'start' | 'progress' | 'end';

/** One line of `--progress json` (its fields are documented in `poolboard run --help`). */
export function jsonLine(
  event: ProgressEvent,
  summary: BatchSummary,
  now: number,
  more: Record<string, unknown> = {},
): string {
  const { elapsedMs } = figuresOf(summary, now);
  return JSON.stringify({
    event,
    batch: summary.id,
    ...(event === 'start' ? { name: summary.name } : {}),
    state: summary.state,
    total: summary.total,
    enumerated: summary.enumerated,
    ...summary.counts,
    retrying: summary.retrying,
    notice: summary.notice?.code ?? null,
    rate: summary.rate,
    elapsedMs,
    etaLowMs: summary.eta?.lowMs ?? null,
    etaHighMs: summary.eta?.highMs ?? null,
    ...(summary.error ? { error: { code: summary.error.code, message: summary.error.message } } : {}),
    ...more,
  });
}
