import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { type ErrorPlace, PoolboardError } from '../../shared/errors.ts';
import type { AnyFunction } from './source.ts';

/** What a function file exports, by name; for CommonJS `default` is `module.exports` itself where it is a function. */
export type Exports = Record<string, unknown>;

/** Exports that have a meaning of their own and are never the task. */
const reserved = new Set(['setup', 'teardown', 'meta', 'default', '__esModule', 'module.exports']);

/** The exports of an imported file, ES module or CommonJS, in one shape. */
export function exportsOf(namespace: Record<string, unknown>): Exports {
  if (!('module.exports' in namespace)) return namespace;
  const exported = namespace['module.exports'];
  if (typeof exported === 'function')
    return Object.assign(Object.create(null), exported, { default: exported });
  if (typeof exported === 'object' && exported !== null) return exported as Exports;
  return { default: exported };
}

/**
 * The function that runs the task: the default export, or the one of that name.
 * @throws PoolboardError NO_DEFAULT_EXPORT, NO_SUCH_EXPORT or NOT_A_FUNCTION, which name what there is.
 */
export function findFunction(exports: Exports, file: string, name: string | undefined): AnyFunction {
  const found = exports[name ?? 'default'];
  const base = basename(file);
  if (found === undefined) throw missing(exports, file, name);
  const what = name === undefined ? `The default export of ${base}` : `The export "${name}" of ${base}`;
  const place = placeOfExport(file, name);
  if (typeof found !== 'function') {
    const kind = found === null ? 'null' : Array.isArray(found) ? 'an array' : `${aOrAn(typeof found)}`;
    throw new PoolboardError('NOT_A_FUNCTION', `${what} is ${kind}, not a function.`, { place });
  }
  if (/^class\b/.test(Function.prototype.toString.call(found))) {
    throw new PoolboardError('NOT_A_FUNCTION', `${what} is a class, not a function: export (input) => ….`, {
      place,
    });
  }
  return found as AnyFunction;
}

function missing(exports: Exports, file: string, name: string | undefined): PoolboardError {
  const base = basename(file);
  const functions = Object.keys(exports).filter(
    (key) => !reserved.has(key) && typeof exports[key] === 'function',
  );
  const list = functions.map((key) => `"${key}"`).join(', ');
  const place = { file };
  if (name !== undefined) {
    const there = functions.length > 0 ? `; its functions are ${list}` : ', nor any other function';
    return new PoolboardError('NO_SUCH_EXPORT', `${base} has no export "${name}"${there}.`, { place });
  }
  const fix =
    functions.length > 0
      ? `It exports ${list}: choose one of them as the function, or write "export default ${functions[0]};".`
      : 'Write "export default (input, ctx) => …" (in CommonJS "module.exports = …").';
  return new PoolboardError('NO_DEFAULT_EXPORT', `${base} has no default export. ${fix}`, { place });
}

/** The line of an export, where it is written the usual way. */
function placeOfExport(file: string, name: string | undefined): ErrorPlace {
  const pattern =
    name === undefined
      ? /^\s*(export\s+default\b|module\.exports\s*=|exports\.default\s*=)/
      : new RegExp(`^\\s*(export\\s[^=]*|(module\\.)?exports\\.)${literally(name)}\\b`);
  const index = readFileSync(file, 'utf8')
    .split('\n')
    .findIndex((line) => pattern.test(line));
  return index < 0 ? { file } : { file, line: index + 1 };
}

const literally = (text: string): string => text.replace(/[^\w]/g, '\\$&');

const aOrAn = (word: string): string => (/^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`);
