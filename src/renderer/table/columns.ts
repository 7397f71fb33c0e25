import type { TaskQuery } from '../../shared/views.ts';
import type { PlainKey } from '../words/t.ts';

/** The table's columns, in their order. */
export const columns: readonly {
  id: 'index' | 'input' | 'state' | 'ms' | 'worker' | 'result';
  name: PlainKey;
  /** What the column sorts by; not every column can. */
  sort: TaskQuery['sort'] | null;
}[] = [
  { id: 'index', name: 'column.index', sort: 'index' },
  { id: 'input', name: 'column.input', sort: 'input' },
  { id: 'state', name: 'column.state', sort: 'state' },
  { id: 'ms', name: 'column.time', sort: 'ms' },
  { id: 'worker', name: 'column.worker', sort: 'worker' },
  { id: 'result', name: 'column.result', sort: null },
];
