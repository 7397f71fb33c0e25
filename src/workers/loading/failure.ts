import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, dirname, isAbsolute } from 'node:path';
import { type ErrorPlace, PoolboardError, toErrorInfo } from '../../shared/errors.ts';
import { failedImportOf } from './hooks.ts';
import { placeBeforeStack, placeInStack } from './stack.ts';
import { findSyntaxError } from './syntax-check.ts';
import { pathOf, reachableFrom } from './user-files.ts';

/**
 * Why a task file could not be loaded, as one sentence with its place.
 * @param thrown what importing it threw.
 * @param root `file:` URL of the task file.
 */
export async function explainFailure(thrown: unknown, root: string): Promise<PoolboardError> {
  if (thrown instanceof PoolboardError) return inContext(thrown, root);
  const missing = explainMissing(thrown, root);
  if (missing) return missing;
  if (thrown instanceof SyntaxError) {
    const refused = await explainSyntax(thrown, root);
    if (refused) return refused;
  }
  const place = placeOf(thrown, root);
  return new PoolboardError(
    'TASK_FILE_THREW',
    `${nameOf(place?.file, root)} threw while it was loaded${onLine(place)}: ${firstLine(thrown)}`,
    { cause: thrown, place: place ?? { file: pathOf(root) } },
  );
}

/** The first place in an error's stack that lies in a file of the user. */
export function placeOf(thrown: unknown, root: string): ErrorPlace | undefined {
  const files = new Set(reachableFrom(root).map(pathOf));
  return placeInStack(toErrorInfo(thrown).stack ?? '', (file) => files.has(file));
}

/** What was thrown in one line, with its name where that says more than "Error". */
export function firstLine(thrown: unknown): string {
  const { name, message } = toErrorInfo(thrown);
  const line = message.split('\n', 1)[0] ?? '';
  return name === 'Error' || name === 'NonError' || name === 'SyntaxError' ? line : `${name}: ${line}`;
}

/** An error that already is a sentence, but may be about a file that the user never named. */
function inContext(error: PoolboardError, root: string): PoolboardError {
  const { code, place, cause, message } = error;
  if (code !== 'TASK_FILE_SYNTAX') return error;
  return syntaxError(message, place ?? { file: pathOf(root) }, root, cause);
}

async function explainSyntax(error: SyntaxError, root: string): Promise<PoolboardError | undefined> {
  const stack = error.stack ?? '';
  const place = placeBeforeStack(stack);
  if (place && error.message.includes('does not provide an export named'))
    return missingExport(error, place, root);
  if (place && /^Named export '/.test(error.message)) return missingExport(error, place, root);
  if (place) return syntaxError(error.message, place, root, error);
  // Only Node's own compiling begins a stack so: a SyntaxError of JSON.parse or RegExp is thrown by the user's code.
  if (!/^SyntaxError: [\s\S]*?\n {4}at compileSourceTextModule \(node:/.test(stack)) return undefined;
  const found = await findSyntaxError(reachableFrom(root));
  return syntaxError(error.message, found ?? { file: pathOf(root) }, root, error);
}

function syntaxError(message: string, place: ErrorPlace, root: string, cause: unknown): PoolboardError {
  const sentence = `${nameOf(place.file, root)} has a syntax error${onLine(place)}: ${message}`;
  return new PoolboardError('TASK_FILE_SYNTAX', sentence, { place, cause });
}

function missingExport(error: SyntaxError, place: ErrorPlace, root: string): PoolboardError {
  const [line = ''] = error.message.split('\n', 1);
  const [, from, name] = /module '(.*?)' does not provide an export named '(.*?)'/.exec(line) ?? [];
  const what =
    name === 'default'
      ? `imports the default export of "${from}", which has none`
      : name
        ? `imports "${name}" from "${from}", which does not export it`
        : `has an import that fails: ${line}`;
  return new PoolboardError('MISSING_EXPORT', `${nameOf(place.file, root)} ${what}${onLine(place)}.`, {
    place,
    cause: error,
  });
}

const notFound = new Set([
  'ERR_MODULE_NOT_FOUND',
  'MODULE_NOT_FOUND',
  'ERR_UNSUPPORTED_DIR_IMPORT',
  'ERR_UNKNOWN_BUILTIN_MODULE',
  'ERR_PACKAGE_PATH_NOT_EXPORTED',
]);

function explainMissing(thrown: unknown, root: string): PoolboardError | undefined {
  const failed = failedImportOf(thrown);
  const { code = '' } = toErrorInfo(thrown);
  if (!failed || !notFound.has(code)) return undefined;
  const { specifier } = failed;
  const file = pathOf(failed.parent);
  const place = { file, ...find(specifier, file) };
  const imports = `${nameOf(file, root)} imports "${specifier}"${onLine(place)}`;
  const [kind, sentence] = whyMissing(specifier, code, file);
  return new PoolboardError(kind, `${imports}, ${sentence}`, { place, cause: thrown });
}

function whyMissing(specifier: string, code: string, file: string): [code: string, sentence: string] {
  if (code === 'ERR_UNSUPPORTED_DIR_IMPORT') {
    return ['MISSING_FILE', 'which is a folder: name the file, for example its index.js.'];
  }
  if (specifier.startsWith('node:')) return ['MISSING_DEPENDENCY', 'which this Node.js does not have.'];
  if (/^\.{0,2}\/|^file:/.test(specifier) || isAbsolute(specifier)) {
    return ['MISSING_FILE', 'but there is no such file: ES modules name files with their extension.'];
  }
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  if (code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') {
    return ['MISSING_DEPENDENCY', `which the installed "${name}" does not offer.`];
  }
  if (builtinModules.includes(name)) return ['MISSING_DEPENDENCY', 'which this Node.js does not have.'];
  return ['MISSING_DEPENDENCY', `which is not installed: run "npm install ${name}" in ${dirname(file)}.`];
}

/** Where a file names a specifier, in quotes. */
function find(specifier: string, file: string): { line?: number; column?: number } {
  const lines = readFileSync(file, 'utf8').split('\n');
  for (const [i, line] of lines.entries()) {
    for (const quote of [`'`, '"', '`']) {
      const at = line.indexOf(quote + specifier + quote);
      if (at >= 0) return { line: i + 1, column: at + 1 };
    }
  }
  return {};
}

function nameOf(file: string | undefined, root: string): string {
  const task = pathOf(root);
  if (file === undefined || file === task) return basename(task);
  return `${basename(file)} (which ${basename(task)} imports)`;
}

function onLine(place: ErrorPlace | undefined): string {
  return place?.line === undefined ? '' : ` on line ${place.line}`;
}
