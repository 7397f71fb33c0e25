import type { ExportRow } from '../engine/store/store.ts';
import type { ErrorInfo } from '../shared/errors.ts';
import { formatCount } from '../shared/format.ts';
import type { TaskIndex } from '../shared/task.ts';
import { oneLine } from './printable.ts';

/** Failed tasks whose errors differ in no more than names and numbers. */
export interface FailureGroup {
  /** What the errors of the group have in common; see {@link kindOf}. */
  kind: string;
  count: number;
  /** Of the first task of the group. */
  error: ErrorInfo;
  index: TaskIndex;
  /** JSON text. */
  input: string;
}

export interface Failures {
  /** Largest first. The number of a group is its place, from 1. */
  groups: FailureGroup[];
  /** False where there are so many that only the first were read. */
  complete: boolean;
}

const mostRows = 20_000;

/** Groups failed tasks by their error. Reads the first 20,000 of them. */
export async function groupFailures(rows: AsyncIterable<ExportRow[]>): Promise<Failures> {
  const groups = new Map<string, FailureGroup>();
  let read = 0;
  for await (const slice of rows) {
    for (const { error, index, input } of slice) {
      if (!error) continue;
      const kind = kindOf(error);
      const group = groups.get(kind);
      if (group) group.count += 1;
      else groups.set(kind, { kind, count: 1, error, index, input });
    }
    read += slice.length;
    if (read >= mostRows) return { groups: sorted(groups), complete: false };
  }
  return { groups: sorted(groups), complete: true };
}

const sorted = (groups: Map<string, FailureGroup>) =>
  [...groups.values()].sort((a, b) => b.count - a.count || a.index - b.index);

/** An error as one line of text. */
export const errorText = ({ name, message }: ErrorInfo): string => `${name}: ${message}`;

/** An error without what differs from task to task: quoted texts, paths and numbers. */
export function kindOf({ name, code, message }: ErrorInfo): string {
  const shape = message
    .slice(0, 500)
    .replaceAll(/'[^']*'|"[^"]*"|`[^`]*`/g, '…')
    .replaceAll(/(?:[A-Za-z]:)?[\\/][^\s:,]+/g, '…')
    .replaceAll(/\d+/g, '0');
  return `${name}\n${code ?? ''}\n${shape}`;
}

/** A line a group: `  1. 2 tasks, first task 7310 ("/photos/a.jpg"): Error: truncated`. */
export function failureLines({ groups, complete }: Failures, most: number, width: number): string[] {
  const lines = groups.slice(0, most).map(({ count, error, index, input }, at) => {
    const tasks = count === 1 ? '' : `${formatCount(count)} tasks, first `;
    const text = `  ${at + 1}. ${tasks}task ${index} (${oneLine(input, 60)}): ${errorText(error)}`;
    return oneLine(text, Math.max(width - 1, 40));
  });
  const more = groups.length - most;
  if (more > 0) lines.push(`  and ${formatCount(more)} other ${more === 1 ? 'error' : 'errors'}`);
  if (!complete) lines.push(`  (of the first ${formatCount(mostRows)} failed tasks)`);
  return lines;
}
