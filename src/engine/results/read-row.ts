import type { ErrorInfo } from '../../shared/errors.ts';
import type { TaskIndex, TaskState } from '../../shared/task.ts';
import { columnPlace } from './column-id.ts';
import { at, parseOrNull } from './values.ts';

/** What of a task columns are read from. */
export interface ReadableRow {
  index: TaskIndex;
  /** JSON texts. */
  input: string;
  value: string | null;
  ms: number | null;
  state: TaskState;
  error: ErrorInfo | null;
  attempts: number;
}

/**
 * Makes a function that reads the values of these columns from a row, in their order; undefined where a row has
 * none. Throws `NO_SUCH_COLUMN`.
 */
export function rowReader(columns: readonly string[]): (row: ReadableRow) => unknown[] {
  const places = columns.map(columnPlace);
  const readsInput = places.some(({ of }) => of === 'input');
  const readsValue = places.some(({ of }) => of === 'value');
  return (row) => {
    const input = readsInput ? parseOrNull(row.input) : null;
    const value = readsValue ? parseOrNull(row.value) : null;
    return places.map(({ of, keys }) => {
      if (of === 'task') return taskValue(row, keys[0]);
      return at(of === 'input' ? input : value, keys);
    });
  };
}

function taskValue(row: ReadableRow, name: string | undefined): unknown {
  switch (name) {
    case 'index':
      return row.index;
    case 'ms':
      return row.ms === null ? null : Math.round(row.ms * 1000) / 1000;
    case 'status':
      return row.state;
    case 'error':
      return row.error && `${row.error.name}: ${row.error.message}`;
    case 'attempts':
      return row.attempts;
    default:
      return undefined;
  }
}
