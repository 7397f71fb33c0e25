import { type BatchSummary, hasEnded } from '../shared/batch.ts';
import type { BatchId } from '../shared/task.ts';
import { stateWord } from './board/state-word.ts';
import { shareDone } from './state/batch-groups.ts';
import { percent } from './words/numbers.ts';
import { said } from './words/said.ts';
import { t } from './words/t.ts';

/** What was last said of a batch. */
export interface Announced {
  batch: BatchId;
  /** Tenths that were done. */
  tenths: number;
  state: BatchSummary['state'];
  /** What kept it from going on, if anything. */
  notice: string | null;
  at: number;
}

const leastMs = 5_000;

/**
 * The next thing to say of a batch, if any: each change of its state, and each tenth that it came further, at
 * most once in five seconds; and what keeps it from going on.
 */
export function announcementOf(
  batch: BatchSummary,
  last: Announced | null,
  now: number,
): { text: string | null; announced: Announced } {
  const { id, name, state, counts, notice } = batch;
  const share = shareDone(batch);
  const announced = {
    batch: id,
    tenths: Math.floor(share * 10),
    state,
    notice: notice ? said(notice.message) : null,
    at: now,
  };
  const before = last?.batch === id ? last : null;
  const values = { name, percent: percent(share), failed: t('count.failed', { count: counts.failed }) };
  if (before?.state !== state) {
    const word = stateWord(batch);
    if (hasEnded(state)) return { text: t('announce.ended', { ...values, state: word }), announced };
    const text = t('announce.state', { name, state: word });
    return { text: notice ? `${text} ${said(notice.message)}` : text, announced };
  }
  if (announced.notice !== before.notice) {
    return { text: announced.notice ?? t('announce.goes-on', { name }), announced };
  }
  if (announced.tenths > before.tenths && now - before.at >= leastMs) {
    return { text: t('announce.progress', values), announced };
  }
  return { text: null, announced: before };
}
