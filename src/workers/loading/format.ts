import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { basename, extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { PoolboardError } from '../../shared/errors.ts';

export type ModuleFormat = 'module' | 'commonjs';

/** The extensions of function files that run. */
export const runnable = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'] as const;

/**
 * Whether a JavaScript or TypeScript file is an ES module or CommonJS, as Node decides it: by its extension, by the
 * `type` of the nearest package.json, and else by its syntax. Kinder than Node in one case: where a package says
 * that it is CommonJS, and `npm init` makes them all say so, a file with `import` and `export` in it is a module.
 * @param code the file's JavaScript.
 */
export function formatOf(path: string, code: string): ModuleFormat {
  switch (extname(path)) {
    case '.mjs':
    case '.mts':
      return 'module';
    case '.cjs':
    case '.cts':
      return 'commonjs';
    default:
      return isInModulePackage(path) ? 'module' : formatBySyntax(code);
  }
}

/** True where the nearest package.json has `"type": "module"`. */
export function isInModulePackage(path: string): boolean {
  const file = findPackageJSON(pathToFileURL(path));
  if (file === undefined) return false;
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { type?: unknown }).type === 'module';
  } catch {
    // Node says what is wrong with it, where it matters.
    return false;
  }
}

const commonJsNames = ['exports', 'require', 'module', '__filename', '__dirname'];

/** What is no CommonJS is a module, or an error that says so either way. */
function formatBySyntax(code: string): ModuleFormat {
  try {
    vm.compileFunction(code, commonJsNames);
    return 'commonjs';
  } catch {
    return 'module';
  }
}

/** A file's text, without the byte order mark that some editors put in front. */
export function readSource(path: string): string {
  return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
}

/** JSX is a matter of settings that a single file does not have. */
export function jsxError(path: string): PoolboardError {
  const plain = extname(path) === '.tsx' ? '.ts' : '.js';
  return new PoolboardError(
    'TASK_FILE_KIND',
    `${basename(path)} is a JSX file, which Poolboard does not run: use ${plain}, without JSX.`,
    { place: { file: path } },
  );
}
