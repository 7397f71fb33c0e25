import { create } from 'zustand';
import type { TaskCounts } from '../../shared/batch.ts';
import type { Touched } from '../../shared/contract/actions.ts';
import type { BatchId } from '../../shared/task.ts';
import type { TaskSelection } from '../../shared/views.ts';
import { client } from '../connection.ts';
import { report } from '../state/toasts.ts';

/** A retry of so many tasks is asked about first. */
const many = 100;

/** An action that waits for a person's word, with what it would touch. */
export interface Asking {
  what: 'retry' | 'cancel';
  batch: BatchId;
  touched: Touched;
  act: () => void;
}

/** What one is being asked about; null for nothing. */
export const useAsking = create<{ asking: Asking | null }>(() => ({ asking: null }));

export const stopAsking = (): void => useAsking.setState({ asking: null });

/**
 * Does something to tasks, after asking where that touches many or cannot be undone: a retry of many, or of
 * tasks whose results it would replace; a cancel of more than one.
 */
export async function askFirst(
  what: Asking['what'],
  batch: BatchId,
  tasks: TaskSelection | 'unsuccessful',
  act: () => void,
): Promise<void> {
  if (what === 'cancel' && isOne(tasks)) return act();
  try {
    const touched = await client.actions.touched({ batch, tasks });
    if (isPlain(what, touched)) act();
    else useAsking.setState({ asking: { what, batch, touched, act } });
  } catch (error) {
    report(error);
  }
}

/** Tasks that a retry runs, and that a cancel stops. */
export const reachOfTouched = (what: Asking['what'], { counts }: Touched): number =>
  what === 'retry' ? total(counts) - counts.running : counts.pending + counts.running;

function isPlain(what: Asking['what'], touched: Touched): boolean {
  const reach = reachOfTouched(what, touched);
  if (what === 'cancel') return reach <= 1;
  return touched.counts.succeeded === 0 && reach < many;
}

const isOne = (tasks: TaskSelection | 'unsuccessful'): boolean =>
  tasks !== 'unsuccessful' && 'indices' in tasks && tasks.indices.length === 1;

const total = (counts: TaskCounts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
