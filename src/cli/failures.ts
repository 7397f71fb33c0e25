import type { ErrorGroup, ErrorGroups } from '../shared/contract/errors.ts';
import type { ErrorInfo } from '../shared/errors.ts';
import { formatCount } from '../shared/format.ts';
import { oneLine } from './printable.ts';

export const noFailures = (batch: number): ErrorGroups => ({
  batch,
  groups: [],
  failed: 0,
  moreGroups: 0,
  moreTasks: 0,
});

/** An error as one line of text. */
export const errorText = ({ name, message }: Pick<ErrorInfo, 'name' | 'message'>): string =>
  `${name}: ${message}`;

/** A line a group: `  1. 2 tasks, first task 7310 (/photos/a.jpg): Error: truncated`. */
export function failureLines({ groups, moreGroups }: ErrorGroups, most: number, width: number): string[] {
  const lines = groups
    .slice(0, most)
    .map((group, at) => oneLine(groupLine(group, at + 1), Math.max(width - 1, 40)));
  const more = groups.length + moreGroups - lines.length;
  if (more > 0) lines.push(`  and ${formatCount(more)} other ${more === 1 ? 'error' : 'errors'}`);
  return lines;
}

function groupLine({ count, name, message, index, input }: ErrorGroup, number: number): string {
  const tasks = count === 1 ? '' : `${formatCount(count)} tasks, first `;
  return `  ${number}. ${tasks}task ${index} (${oneLine(input, 60)}): ${errorText({ name, message })}`;
}
