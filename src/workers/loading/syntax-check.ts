import { Session } from 'node:inspector';
import type { LoadFnOutput, ResolveFnOutput } from 'node:module';
import { extname } from 'node:path';
import type { ErrorPlace } from '../../shared/errors.ts';
import { isTypeScript } from '../typescript/resolution.ts';
import { transpile } from '../typescript/transpile.ts';
import { formatOf, readSource, runnable } from './format.ts';
import { pathOf } from './user-files.ts';

/**
 * Finds where a syntax error is. Node tells it for CommonJS in the stack; for ES modules an error that was caught
 * has neither file nor line. V8 still knows the line, and tells it to debuggers; the file is found by compiling
 * the candidates once more.
 */

export const checkScheme = 'poolboard-check:';
const sources = new Map<string, string>();
let lastCheck = 0;

/** Ends a check: the module was compiled and is about to be linked. */
class Compiled extends Error {}

export function resolveCheck(specifier: string, parent: string | undefined): ResolveFnOutput {
  if (parent?.startsWith(checkScheme)) throw new Compiled();
  return { url: specifier, format: 'module', shortCircuit: true };
}

export function loadCheck(url: string): LoadFnOutput {
  // The import that nobody can resolve keeps a module that is right from being run.
  return { format: 'module', source: `${sources.get(url)}\nimport '${checkScheme}';`, shortCircuit: true };
}

/**
 * The place of the first syntax error in these files, taken as ES modules, in their order.
 * @param urls `file:` URLs; those that are not ES modules are passed over.
 */
export async function findSyntaxError(urls: readonly string[]): Promise<ErrorPlace | undefined> {
  for (const url of urls) {
    const place = await checkModule(pathOf(url));
    if (place) return place;
  }
  return undefined;
}

async function checkModule(file: string): Promise<ErrorPlace | undefined> {
  if (!(runnable as readonly string[]).includes(extname(file))) return undefined;
  const source = readSource(file);
  const { code, map } = isTypeScript(file) ? transpile(source, file) : { code: source };
  if (formatOf(file, code) !== 'module') return undefined;
  const url = `${checkScheme}${++lastCheck}`;
  sources.set(url, code);
  try {
    await import(url);
  } catch (error) {
    if (error instanceof Compiled) return undefined;
    const position = positionOf(error);
    if (!position) return { file };
    const origin = map?.findEntry(position.line - 1, position.column - 1);
    if (origin && 'originalLine' in origin) {
      return { file, line: origin.originalLine + 1, column: origin.originalColumn + 1 };
    }
    return { file, ...position };
  } finally {
    sources.delete(url);
  }
  return undefined;
}

/** Lines and columns from 0. */
interface ExceptionDetails {
  exceptionDetails?: { lineNumber: number; columnNumber: number };
}

/**
 * Where V8 says that an error arose: for a syntax error the line and column, from 1, in the source that it refused.
 * Undefined where no debugger can be asked.
 */
export function positionOf(error: unknown): { line: number; column: number } | undefined {
  const key = `poolboard error ${++lastCheck}`;
  const holder = globalThis as Record<string, unknown>;
  const session = new Session();
  try {
    session.connect();
    holder[key] = error;
    let position: { line: number; column: number } | undefined;
    session.post(
      'Runtime.evaluate',
      { expression: `globalThis[${JSON.stringify(key)}]` },
      (failed, answer) => {
        const errorObjectId = answer?.result?.objectId;
        if (failed || !errorObjectId) return;
        // Newer than the types of node:inspector.
        session.post('Runtime.getExceptionDetails', { errorObjectId }, (_, found) => {
          const { exceptionDetails: details } = (found ?? {}) as ExceptionDetails;
          if (details) position = { line: details.lineNumber + 1, column: details.columnNumber + 1 };
        });
      },
    );
    return position;
  } catch {
    return undefined;
  } finally {
    delete holder[key];
    session.disconnect();
  }
}
