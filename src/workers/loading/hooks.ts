import {
  isBuiltin,
  type LoadFnOutput,
  type LoadHookSync,
  type ResolveHookSync,
  registerHooks,
} from 'node:module';
import { extname } from 'node:path';
import { isTypeScript, resolveFromTypeScript } from '../typescript/resolution.ts';
import { transpile } from '../typescript/transpile.ts';
import { formatOf, isInModulePackage, jsxError, readSource } from './format.ts';
import { checkScheme, loadCheck, resolveCheck } from './syntax-check.ts';
import { addImport, isUserFile, pathOf } from './user-files.ts';

let areInstalled = false;

/**
 * Makes Node load the user's files our way: TypeScript runs as it is, whatever Node's own settings, and what a task
 * file imports is remembered. Everything else, our own code included, is left to Node.
 */
export function installHooks(): void {
  if (areInstalled) return;
  areInstalled = true;
  registerHooks({ resolve, load });
}

/** An import that failed, by the error that Node threw for it. */
export interface FailedImport {
  specifier: string;
  /** `file:` URL of the user's file that has the import. */
  parent: string;
}
const failedImports = new WeakMap<object, FailedImport>();

/** Which import of a user file an error is about, where it is about one. */
export function failedImportOf(error: unknown): FailedImport | undefined {
  return typeof error === 'object' && error !== null ? failedImports.get(error) : undefined;
}

const resolve: ResolveHookSync = (specifier, context, nextResolve) => {
  const parent = context.parentURL;
  if (specifier.startsWith(checkScheme) || parent?.startsWith(checkScheme))
    return resolveCheck(specifier, parent);
  if (!isUserFile(parent)) return nextResolve(specifier, context);
  if (isTypeScript(pathOf(parent))) {
    const url = resolveFromTypeScript(specifier, parent);
    if (url !== undefined) {
      addImport(parent, url);
      return { url, shortCircuit: true };
    }
  }
  try {
    // Node notices only later, when nobody knows any more whose import it was.
    if (specifier.startsWith('node:') && !isBuiltin(specifier)) throw noSuchBuiltin(specifier);
    const resolved = nextResolve(specifier, context);
    addImport(parent, resolved.url);
    return resolved;
  } catch (error) {
    if (typeof error === 'object' && error !== null) failedImports.set(error, { specifier, parent });
    throw error;
  }
};

function noSuchBuiltin(specifier: string): Error {
  return Object.assign(new Error(`No such built-in module: ${specifier}`), {
    code: 'ERR_UNKNOWN_BUILTIN_MODULE',
  });
}

const load: LoadHookSync = (url, context, nextLoad) => {
  if (url.startsWith(checkScheme)) return loadCheck(url);
  if (!isUserFile(url)) return nextLoad(url, context);
  const path = pathOf(url);
  switch (extname(path)) {
    case '.ts':
    case '.mts':
    case '.cts':
      return javaScript(path, transpile(readSource(path), path).code);
    case '.js':
      // Where Node has to guess it prints a warning, and where it need not it may be wrong; see formatOf.
      return isInModulePackage(path) ? nextLoad(url, context) : javaScript(path, readSource(path));
    case '.tsx':
    case '.jsx':
      throw jsxError(path);
    default:
      return nextLoad(url, context);
  }
};

function javaScript(path: string, code: string): LoadFnOutput {
  return { format: formatOf(path, code), source: code, shortCircuit: true };
}
