import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { PoolboardError } from '../../shared/errors.ts';
import { addRoot } from '../loading/user-files.ts';

export type AnyFunction = (...values: unknown[]) => unknown;

const prefix = '"use strict";return (';

/**
 * Makes a function again from its text, `fn.toString()`. It stands alone: what it used of the file that it came from
 * is not there. `require` and `import()` in it start from the process's working folder.
 * @throws PoolboardError BAD_FUNCTION where the text is none of a function that can stand alone.
 */
export function functionFromSource(source: string): { run: AnyFunction; root: string } {
  if (/\{\s*\[native code\]\s*\}\s*$/.test(source)) {
    throw refuse('It is a native or bound function, whose source is not known: wrap it, as in (x) => fn(x).');
  }
  if (/^\s*class\b/.test(source)) throw refuse('It is a class: wrap it, as in (x) => new Thing(x).');
  const file = join(process.cwd(), '[function]');
  const root = pathToFileURL(file).href;
  let value: unknown;
  try {
    value = evaluate(source, file);
  } catch (error) {
    if (isMethod(source)) {
      throw refuse(
        'It is a method, which cannot stand alone: write it as a function, as in run: (x) => …',
        error,
      );
    }
    throw refuse(error instanceof Error ? error.message : String(error), error);
  }
  if (typeof value !== 'function') throw refuse('Its source is not that of a function.');
  addRoot(root);
  return { run: value as AnyFunction, root };
}

let isQuiet = false;

/** Node warns once of the loader that `import()` in a function goes through: that is for Poolboard to know, not for the task's output. */
function withoutLoaderWarning(): void {
  if (isQuiet) return;
  isQuiet = true;
  const emitWarning = process.emitWarning.bind(process) as (...values: unknown[]) => void;
  process.emitWarning = (warning: string | Error, ...more: unknown[]) => {
    if (!String(warning).startsWith('vm.USE_MAIN_CONTEXT_DEFAULT_LOADER')) emitWarning(warning, ...more);
  };
}

function evaluate(source: string, file: string): unknown {
  withoutLoaderWarning();
  const make = vm.compileFunction(`${prefix}${source}\n)`, ['require'], {
    filename: file,
    columnOffset: -prefix.length,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return make(createRequire(file));
}

/** `run(x) {}`, `async run(x) {}`, `get run() {}`: what is only right inside an object. */
function isMethod(source: string): boolean {
  try {
    new vm.Script(`({${source}\n})`);
    return true;
  } catch {
    return false;
  }
}

function refuse(why: string, cause?: unknown): PoolboardError {
  return new PoolboardError('BAD_FUNCTION', `The function cannot be sent to a worker. ${why}`, { cause });
}
