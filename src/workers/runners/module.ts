import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ParamsSchema, TaskDefinition } from '../../shared/definition.ts';
import { PoolboardError } from '../../shared/errors.ts';
import { parseParams } from '../../shared/params.ts';
import type { LoadMessage } from '../../shared/wire.ts';
import { explainFailure, firstLine, placeOf } from '../loading/failure.ts';
import { jsxError, runnable } from '../loading/format.ts';
import { installHooks } from '../loading/hooks.ts';
import { addRoot, pathOf, reachableFrom } from '../loading/user-files.ts';
import type { Runner } from '../runner.ts';
import { type Exports, exportsOf, findFunction } from './exports.ts';
import { readMeta } from './meta.ts';
import { functionFromSource } from './source.ts';

type ModuleDefinition = Extract<TaskDefinition, { kind: 'module' }>;

/**
 * Loads a function file (JavaScript or TypeScript, ES module or CommonJS), or a function from its source, and
 * calls the file's `setup({params})`.
 * @throws PoolboardError that says in one sentence what is wrong, with the place where it is known:
 * TASK_FILE_MISSING, TASK_FILE_UNREADABLE, TASK_FILE_KIND, TASK_FILE_SYNTAX, TASK_FILE_THREW, MISSING_DEPENDENCY,
 * MISSING_FILE, MISSING_EXPORT, NO_DEFAULT_EXPORT, NO_SUCH_EXPORT, NOT_A_FUNCTION, BAD_META, BAD_FUNCTION,
 * SETUP_THREW.
 */
export async function loadModule(load: LoadMessage): Promise<Runner> {
  const { definition } = load;
  installHooks();
  if (definition.kind === 'source') {
    const { run, root } = functionFromSource(definition.source);
    return { run, description: {}, files: () => reachableFrom(root).slice(1).map(pathOf) };
  }
  if (definition.kind !== 'module') {
    throw new PoolboardError('WRONG_DEFINITION', `Not a function file: ${definition.kind}.`);
  }
  return loadFile(definition, load);
}

async function loadFile(definition: ModuleDefinition, load: LoadMessage): Promise<Runner> {
  const { file } = definition;
  checkFile(file);
  // Node loads files by their real paths, and so they are known by them here.
  const root = pathToFileURL(realpathSync(file)).href;
  addRoot(root);
  const exports = await importFile(root);
  const run = findFunction(exports, file, definition.function);
  const description = readMeta(exports.meta, file);
  const params =
    description.params && !load.describe
      ? parseParams(description.params as ParamsSchema, load.params)
      : load.params;
  if (!load.describe) await setUp(exports, params, root);
  const { teardown } = exports;
  return {
    run,
    description,
    params,
    // With the link itself, where the file is one: it may come to point elsewhere.
    files: () => [...new Set([file, ...reachableFrom(root).map(pathOf)])],
    teardown: typeof teardown === 'function' && !load.describe ? () => teardown({ params }) : undefined,
  };
}

function checkFile(file: string): void {
  const place = { file };
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) throw new PoolboardError('TASK_FILE_MISSING', `There is no task file ${file}.`, { place });
  if (stats.isDirectory()) {
    throw new PoolboardError('TASK_FILE_KIND', `${file} is a folder: choose a function file in it.`, {
      place,
    });
  }
  const extension = extname(file);
  if (extension === '.tsx' || extension === '.jsx') throw jsxError(file);
  if (!(runnable as readonly string[]).includes(extension)) {
    const known = runnable.join(' ');
    const sentence = `${basename(file)} is not a JavaScript or TypeScript file: those end in ${known}.`;
    throw new PoolboardError('TASK_FILE_KIND', sentence, { place });
  }
  try {
    accessSync(file, constants.R_OK);
  } catch (cause) {
    const sentence = `${file} cannot be read: check its permissions.`;
    throw new PoolboardError('TASK_FILE_UNREADABLE', sentence, { place, cause });
  }
}

async function importFile(root: string): Promise<Exports> {
  try {
    return exportsOf((await import(root)) as Record<string, unknown>);
  } catch (error) {
    throw await explainFailure(error, root);
  }
}

async function setUp(exports: Exports, params: LoadMessage['params'], root: string): Promise<void> {
  if (typeof exports.setup !== 'function') return;
  try {
    await exports.setup({ params });
  } catch (error) {
    const place = placeOf(error, root) ?? { file: pathOf(root) };
    const sentence = `setup() of ${basename(pathOf(root))} failed: ${firstLine(error)}`;
    throw new PoolboardError('SETUP_THREW', sentence, { cause: error, place });
  }
}
