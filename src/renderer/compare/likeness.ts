import type { BatchSummary } from '../../shared/batch.ts';
import { isCut } from '../../shared/inputs.ts';
import type { BatchId } from '../../shared/task.ts';
import { type Batches, endedTasks } from '../state/batch-groups.ts';
import { subjectOf } from '../state/batch-search.ts';

/** How much another batch is like one: the groups that the choice is offered in, the likeliest first. */
export const likenesses = ['likely', 'same-inputs', 'same-task', 'others'] as const;
export type Likeness = (typeof likenesses)[number];

/** The other batches that have results, by their likeness to one, the newest first. */
export function othersOf(batches: Batches, id: BatchId): Record<Likeness, BatchSummary[]> {
  const groups: Record<Likeness, BatchSummary[]> = {
    likely: [],
    'same-inputs': [],
    'same-task': [],
    others: [],
  };
  const batch = batches.get(id);
  if (!batch) return groups;
  for (const other of [...batches.values()].sort((a, b) => b.id - a.id)) {
    if (other.id !== id && endedTasks(other.counts) > 0) groups[likenessOf(batch, other)].push(other);
  }
  return groups;
}

export function likenessOf(batch: BatchSummary, other: BatchSummary): Likeness {
  const hasSameTask = taskOf(batch) === taskOf(other);
  if (hasSameInputs(batch, other)) {
    return hasSameTask ? 'likely' : 'same-inputs';
  }
  return hasSameTask ? 'same-task' : 'others';
}

/** A file of rows may be another by now, and its tasks are compared anyway: so its name is enough. */
function hasSameInputs({ spec: { inputs }, total }: BatchSummary, other: BatchSummary): boolean {
  if (JSON.stringify(inputs) !== JSON.stringify(other.spec.inputs)) return false;
  // Of many inputs only the first are known here.
  return !isCut(inputs) || total === other.total;
}

/** What is done, without how: a command that was changed is another one, a task file that was changed is not. */
function taskOf({ spec: { definition } }: BatchSummary): string {
  const subject = subjectOf(definition);
  return 'file' in definition ? `${subject} ${definition.function ?? ''}` : subject;
}
