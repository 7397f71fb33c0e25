import { type BatchSummary, hasEnded } from './batch.ts';

/** How far all batches are that run together, for what shows one figure: a taskbar, a tray, a title. */
export interface Overall {
  /** Batches that have not ended. */
  running: number;
  /** Share of their tasks that have ended, 0 to 1; null where they have none, or nobody knows how many. */
  share: number | null;
  failed: number;
  /** All of them are paused, or wait for something that a person has to put right. */
  paused: boolean;
  /** All of them watch folders and have nothing to do for now. */
  idle: boolean;
}

type Counted = Pick<BatchSummary, 'state' | 'counts' | 'total' | 'enumerated' | 'spec'>;

const endedOf = ({ counts }: Counted): number =>
  counts.succeeded + counts.failed + counts.canceled + counts.skipped;

/** A watched folder that is not closed yet: it ends when somebody says so, and has no share. */
const isOpenEnded = ({ state, enumerated, spec }: Counted): boolean =>
  !hasEnded(state) && !enumerated && spec.inputs.kind === 'watch';

/** @param batches those that run, and those that have ended since the first of them began. */
export function overallOf(batches: Iterable<Counted>): Overall {
  const overall: Overall = { running: 0, share: null, failed: 0, paused: true, idle: true };
  let tasks = 0;
  let ended = 0;
  for (const batch of batches) {
    overall.failed += batch.counts.failed;
    if (!isOpenEnded(batch)) {
      tasks += batch.total;
      ended += endedOf(batch);
    }
    if (hasEnded(batch.state)) continue;
    overall.running += 1;
    overall.paused &&= batch.state === 'paused';
    overall.idle &&= isWaitingForFiles(batch);
  }
  if (overall.running === 0) return { ...overall, paused: false, idle: false };
  return { ...overall, share: tasks === 0 ? null : ended / tasks };
}

/** True for a batch with a watched folder that has done all there was. */
export const isWaitingForFiles = (batch: Counted): boolean =>
  isOpenEnded(batch) && batch.counts.running === 0 && batch.counts.pending === 0;

/** Share of a batch's tasks that have ended, 0 to 1; null where there is no such figure. */
export const shareOf = (batch: Counted): number | null =>
  batch.total === 0 || isOpenEnded(batch) ? null : endedOf(batch) / batch.total;
