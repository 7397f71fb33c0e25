import { z } from 'zod';
import { PoolboardError } from '../../shared/errors.ts';

/** Where a column's values come from, and the keys that lead to them; no keys: the whole. */
export interface ColumnPlace {
  of: 'task' | 'input' | 'value';
  keys: readonly string[];
}

const keysSchema = z.array(z.string()).max(20);

/** A column's id, for example `value["size","width"]`; it says the place, so that no list of columns is needed. */
export const columnId = ({ of, keys }: ColumnPlace): string => `${of}${JSON.stringify(keys)}`;

/** Throws `NO_SUCH_COLUMN`. */
export function columnPlace(id: string): ColumnPlace {
  const [, of, rest] = /^(task|input|value)(\[.*\])$/s.exec(id) ?? [];
  const keys = keysSchema.safeParse(parse(rest));
  if (!of || !keys.success) throw new PoolboardError('NO_SUCH_COLUMN', `There is no column ${id}.`);
  return { of: of as ColumnPlace['of'], keys: keys.data };
}

function parse(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The columns that every task has. */
export const taskColumns = {
  index: columnId({ of: 'task', keys: ['index'] }),
  ms: columnId({ of: 'task', keys: ['ms'] }),
  status: columnId({ of: 'task', keys: ['status'] }),
  error: columnId({ of: 'task', keys: ['error'] }),
  attempts: columnId({ of: 'task', keys: ['attempts'] }),
} as const;
