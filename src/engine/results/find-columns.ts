import type { ColumnType, ResultColumn } from '../../shared/contract/results.ts';
import { columnId, taskColumns } from './column-id.ts';
import { kindOf, typeOfKinds } from './kinds.ts';

/** Objects in objects are spread this deep; what is deeper is one JSON value. */
const maxDepth = 4;
/** Columns that are shown, and those that are told apart at all: objects with keys of their own each are no table. */
export const maxColumns = 300;
const maxKnown = 3000;

interface Found {
  keys: readonly string[];
  kinds: Set<ColumnType>;
  /** The kind of the latest value: most columns have one. */
  last: ColumnType | null;
  filled: number;
  whole: boolean;
  children: Map<string, Found> | null;
}

const nothing = (keys: readonly string[]): Found => ({
  keys,
  kinds: new Set(),
  last: null,
  filled: 0,
  whole: true,
  children: null,
});

/** Finds the columns that values have: gathers their keys and kinds, a value at a time. */
export class ColumnFinder {
  private readonly roots = { input: nothing([]), value: nothing([]) };
  private known = 0;
  private passedOver = 0;

  add(of: 'input' | 'value', value: unknown): void {
    this.visit(this.roots[of], value, 0);
  }

  /** Those found, the most filled ones where there are too many; `more`: how many are left out. */
  columns(): { columns: ResultColumn[]; more: number } {
    const all = [...this.columnsOf('input'), ...this.columnsOf('value')];
    const fixed = [taskColumn('index'), taskColumn('ms')];
    const room = maxColumns - fixed.length;
    const least = all.map(({ filled }) => filled).sort((a, b) => b - a)[room - 1] ?? 0;
    const kept = all.filter(({ filled }) => filled >= least).slice(0, room);
    const [index, ms] = fixed;
    return {
      columns: [index!, ...kept.map(({ column }) => column), ms!],
      more: all.length - kept.length + this.passedOver,
    };
  }

  private visit(found: Found, value: unknown, depth: number): void {
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < maxDepth) {
      let isEmpty = true;
      // What JSON gave has its own keys and no others; a list of them for each of a million objects is slow.
      for (const key in value) {
        isEmpty = false;
        found.children ??= new Map();
        this.visitChild(found, key, (value as Record<string, unknown>)[key], depth);
      }
      if (!isEmpty) return;
    }
    // A column with a text is of texts whatever other texts it has: what these are need not be known.
    const kind =
      typeof value === 'string' && value !== '' && found.kinds.has('text') ? 'text' : kindOf(value);
    if (kind === null) return;
    found.filled += 1;
    if (found.whole && !Number.isSafeInteger(value)) found.whole = false;
    if (kind !== found.last) found.kinds.add(kind);
    found.last = kind;
  }

  private visitChild(parent: Found, key: string, value: unknown, depth: number): void {
    let child = parent.children!.get(key);
    if (!child) {
      if (this.known >= maxKnown) {
        this.passedOver = Math.max(this.passedOver, 1);
        return;
      }
      this.known += 1;
      child = nothing([...parent.keys, key]);
      parent.children!.set(key, child);
    }
    this.visit(child, value, depth + 1);
  }

  private columnsOf(of: 'input' | 'value'): { column: ResultColumn; filled: number }[] {
    const columns: { column: ResultColumn; filled: number }[] = [];
    const collect = (found: Found): void => {
      // A leaf that never had a value is a column too: its emptiness is what there is to see.
      if (found.kinds.size > 0 || found.children === null) {
        const { keys, kinds, filled } = found;
        const type = typeOfKinds(kinds);
        const whole = type === 'number' && found.whole;
        const title = titleOf(of, keys);
        columns.push({ column: { id: columnId({ of, keys }), title, type, whole, of }, filled });
      }
      for (const child of found.children?.values() ?? []) collect(child);
    };
    collect(this.roots[of]);
    return columns;
  }
}

const taskTitles = ['index', 'input', 'ms', 'status', 'error', 'attempts'];

function titleOf(of: 'input' | 'value', keys: readonly string[]): string {
  if (keys.length === 0) return of;
  const title = keys.join('.');
  if (of === 'input') return `input.${title}`;
  return taskTitles.includes(title) ? `value.${title}` : title;
}

const taskTypes: Record<keyof typeof taskColumns, Pick<ResultColumn, 'type' | 'whole'>> = {
  index: { type: 'number', whole: true },
  ms: { type: 'number', whole: false },
  status: { type: 'text', whole: false },
  error: { type: 'text', whole: false },
  attempts: { type: 'number', whole: true },
};

/** One of the columns that every task has. */
export const taskColumn = (name: keyof typeof taskColumns): ResultColumn => ({
  id: taskColumns[name],
  title: name,
  ...taskTypes[name],
  of: 'task',
});
