import { create } from 'zustand';
import type { BatchSummary } from '../../shared/batch.ts';
import type { BatchId } from '../../shared/task.ts';
import type { Batches } from './batch-groups.ts';

/** The interrupted batches that are offered to be finished, as they were found when the program was started. */
export const useOffered = create<{ offered: readonly BatchId[] }>(() => ({ offered: [] }));

/** One interruption of one batch: the next one of the same batch is another. */
const interruptionOf = ({ id, startedAt, counts }: BatchSummary): string =>
  `${id}/${startedAt ?? 0}/${counts.pending}`;

// A reload of the window is no new start of the program: what was put off stays so.
const key = 'poolboard.put-off';
const putOff = (): string[] => (sessionStorage.getItem(key) ?? '').split(' ');

export function offerInterrupted(batches: Batches): void {
  const dismissed = putOff();
  const offered = [...batches.values()]
    .filter((batch) => batch.state === 'interrupted' && !dismissed.includes(interruptionOf(batch)))
    .sort((a, b) => b.id - a.id)
    .map(({ id }) => id);
  useOffered.setState({ offered });
}

/** Those of the offered batches that still wait to be finished. */
export const stillInterrupted = (offered: readonly BatchId[], batches: Batches): BatchSummary[] =>
  offered
    .map((id) => batches.get(id))
    .filter((batch): batch is BatchSummary => batch?.state === 'interrupted');

/** Asks no more about these batches until the next start. */
export function putOffInterrupted(batches: readonly BatchSummary[]): void {
  sessionStorage.setItem(key, [...putOff(), ...batches.map(interruptionOf)].filter(Boolean).join(' '));
  const ids = new Set(batches.map(({ id }) => id));
  useOffered.setState(({ offered }) => ({ offered: offered.filter((id) => !ids.has(id)) }));
}
