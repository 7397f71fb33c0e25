import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PoolboardError } from '../../shared/errors.ts';
import type { TaskContext } from '../../shared/task-context.ts';
import type { LoadableDefinition } from '../../shared/wire.ts';

/**
 * A function of this program, sent to the workers as its source text. It sees its arguments, `require`,
 * `import()` and globals, and nothing of the scope around it: a name from outside is a ReferenceError there.
 */
// biome-ignore lint/suspicious/noExplicitAny: the only type that every function of any arguments is assignable to
export type AnyFunction = (...args: any[]) => unknown;

/** A function in a file of its own (JavaScript, TypeScript or Python), which may import what it likes. */
export interface TaskFile {
  /** A path, or a URL such as `new URL('./resize.ts', import.meta.url)`. */
  file: string | URL;
  /** The export, or the Python function, to call. Default: the default export, or `task`. */
  function?: string;
  /** The Python interpreter, a path or a name. Default: `python3`. */
  interpreter?: string;
}

/** What the pool can run: a function, or where to find one. */
export type Callable<In, Out> = ((input: In, ctx: TaskContext) => Out) | TaskFile;

/** Throws `NOT_A_FUNCTION`. */
export function toDefinition(callable: unknown): LoadableDefinition {
  if (typeof callable === 'function') return { kind: 'source', source: callable.toString() };
  if (isTaskFile(callable)) {
    const { file, function: name, interpreter } = callable;
    const path = file instanceof URL || file.startsWith('file:') ? fileURLToPath(file) : resolve(file);
    if (path.endsWith('.py')) return { kind: 'python', file: path, function: name, interpreter };
    return { kind: 'module', file: path, function: name };
  }
  throw new PoolboardError(
    'NOT_A_FUNCTION',
    `The pool runs functions, or {file, function}; this is a ${typeof callable}.`,
  );
}

function isTaskFile(callable: unknown): callable is TaskFile {
  return typeof callable === 'object' && callable !== null && 'file' in callable;
}
