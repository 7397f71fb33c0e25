import type { ExportRow } from '../engine/store/store.ts';
import { PoolboardError } from '../shared/errors.ts';
import { formatCount } from '../shared/format.ts';
import type { BatchId, TaskIndex } from '../shared/task.ts';
import { errorText, type FailureGroup, groupFailures, kindOf } from './failures.ts';
import { oneLine } from './printable.ts';

const mostListed = 20;

/**
 * The failed tasks of one group.
 * @param readFailed the failed tasks of the batch, from the first on; read twice.
 * @param wanted the group's number as `poolboard show` lists it, or a text that its first error contains,
 * ignoring case.
 * Throws `NO_SUCH_GROUP`, naming the groups, where none or several fit.
 */
export async function selectGroup(
  readFailed: () => AsyncIterable<ExportRow[]>,
  wanted: string,
  batch: BatchId,
): Promise<TaskIndex[]> {
  const { groups } = await groupFailures(readFailed());
  const { kind } = chooseGroup(groups, wanted, batch);
  const indices: TaskIndex[] = [];
  for await (const slice of readFailed()) {
    for (const { error, index } of slice) if (error && kindOf(error) === kind) indices.push(index);
  }
  return indices;
}

function chooseGroup(groups: readonly FailureGroup[], wanted: string, batch: BatchId): FailureGroup {
  const text = wanted.toLowerCase();
  const isNumber = /^\d+$/.test(wanted);
  const found = isNumber
    ? groups.slice(Number(wanted) - 1, Number(wanted) || 0)
    : groups.filter(({ error }) => errorText(error).toLowerCase().includes(text));
  const [only] = found;
  if (found.length === 1 && only) return only;
  const listed = groups.slice(0, mostListed).map((group, at) => groupText(group, at + 1));
  if (groups.length > mostListed) listed.push('…');
  const problem =
    found.length > 1
      ? `${found.length} groups of failures of batch ${batch} have "${wanted}" in their error`
      : isNumber
        ? `Batch ${batch} has no group ${wanted} of failures`
        : `No group of failures of batch ${batch} has "${wanted}" in its error`;
  throw new PoolboardError('NO_SUCH_GROUP', `${problem}; its groups are: ${listed.join('; ')}.`);
}

const groupText = ({ error, count }: FailureGroup, number: number): string =>
  `${number}. ${oneLine(errorText(error), 80)} (${count === 1 ? '1 task' : `${formatCount(count)} tasks`})`;
