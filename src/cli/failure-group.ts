import type { ErrorGroup, ErrorGroups } from '../shared/contract/errors.ts';
import { PoolboardError } from '../shared/errors.ts';
import { formatCount } from '../shared/format.ts';
import { errorText } from './failures.ts';
import { oneLine } from './printable.ts';

const mostListed = 20;

/**
 * One group of failed tasks.
 * @param wanted the group's number as `poolboard show` lists it, or a text that its first error contains,
 * ignoring case.
 * Throws `NO_SUCH_GROUP`, naming the groups, where none or several fit.
 */
export function chooseGroup({ groups, moreGroups, batch }: ErrorGroups, wanted: string): ErrorGroup {
  const text = wanted.toLowerCase();
  const isNumber = /^\d+$/.test(wanted);
  const found = isNumber
    ? groups.slice(Number(wanted) - 1, Number(wanted) || 0)
    : groups.filter((group) => errorText(group).toLowerCase().includes(text));
  const [only] = found;
  if (found.length === 1 && only) return only;
  const listed = groups.slice(0, mostListed).map((group, at) => groupText(group, at + 1));
  if (groups.length + moreGroups > mostListed) listed.push('…');
  const problem =
    found.length > 1
      ? `${found.length} groups of failures of batch ${batch} have "${wanted}" in their error`
      : isNumber
        ? `Batch ${batch} has no group ${wanted} of failures`
        : `No group of failures of batch ${batch} has "${wanted}" in its error`;
  throw new PoolboardError('NO_SUCH_GROUP', `${problem}; its groups are: ${listed.join('; ')}.`);
}

const groupText = (group: ErrorGroup, number: number): string =>
  `${number}. ${oneLine(errorText(group), 80)} (${group.count === 1 ? '1 task' : `${formatCount(group.count)} tasks`})`;
