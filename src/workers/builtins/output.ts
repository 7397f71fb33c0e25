import { link, rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PoolboardError } from '../../shared/errors.ts';
import type { ParamValue } from '../../shared/params.ts';
import { makeFolder } from '../make-folder.ts';
import type { TaskContext } from '../runner.ts';
import { withTemporary } from '../temporaries.ts';
import { fileError } from './file-error.ts';
import { outputNamer } from './output-name.ts';

type Params = Readonly<Record<string, ParamValue>>;
type Skipped = { output: string; skipped: true };

/**
 * Writes the output of one input: `write` is given the path of a temporary file beside the output, which
 * becomes the output when it is done, and is removed when it fails or the task is canceled. So an output is
 * whole or not there at all.
 */
export type WriteOutput = <T extends object>(
  input: string,
  context: TaskContext,
  write: (temporary: string, output: string) => Promise<T>,
) => Promise<({ output: string } & T) | Skipped>;

let count = 0;

/**
 * Reads the parameters `out`, `name` and `ifExists`. Throws `BAD_PARAM`; what it gives throws `OUTPUT_EXISTS`,
 * `OUTPUT_IS_INPUT` or the system's code.
 * @param defaultName the template where the parameter is absent.
 */
export function outputWriter(params: Params, defaultName: string): WriteOutput {
  const ifExists = String(params.ifExists);
  const nameOf = outputNamer(String(params.name || defaultName), String(params.out ?? ''));
  return async (input, context, write) => {
    const output = nameOf(input, context.index);
    const skipped: Skipped = { output, skipped: true };
    if (await refusesExisting(input, output, ifExists)) return skipped;
    const name = basename(output).slice(0, 60);
    const temporary = join(dirname(output), `.${name}.${process.pid}-${++count}.poolboard`);
    makeOutputFolder(dirname(output));
    return withTemporary(temporary, async () => {
      const value = await write(temporary, output);
      context.signal.throwIfAborted();
      if (ifExists === 'overwrite') await rename(temporary, output);
      else if (!(await publish(temporary, output))) {
        if (ifExists === 'fail') throw exists(output);
        return skipped;
      }
      return { output, ...value };
    }).catch((error: unknown) => {
      context.signal.throwIfAborted();
      throw fileError(output, error);
    });
  };
}

function makeOutputFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') throw fileError(folder, error);
    throw new PoolboardError(code, `The output folder ${folder} is a file: choose another.`, {
      cause: error,
    });
  }
}

/** Whether an output that is there is a reason to do nothing; throws where it is one to fail. */
async function refusesExisting(input: string, output: string, ifExists: string): Promise<boolean> {
  const there = await stat(output, { bigint: true }).catch(() => null);
  if (!there) return false;
  const own = await stat(input, { bigint: true }).catch(() => null);
  if (own && own.ino === there.ino && own.dev === there.dev) {
    throw new PoolboardError(
      'OUTPUT_IS_INPUT',
      `The output of ${input} would be that file itself: choose another folder or name.`,
    );
  }
  if (there.isDirectory())
    throw new PoolboardError('OUTPUT_EXISTS', `${output} is a folder: choose another name.`);
  if (ifExists === 'fail') throw exists(output);
  return ifExists === 'skip';
}

/** Gives the file its name, and says false where another one has it: two tasks may well want the same. */
async function publish(temporary: string, output: string): Promise<boolean> {
  try {
    await link(temporary, output);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
  }
  // A file system without hard links: between the look and the renaming there is a moment.
  if (await stat(output).catch(() => null)) return false;
  await rename(temporary, output);
  return true;
}

const exists = (output: string) =>
  new PoolboardError(
    'OUTPUT_EXISTS',
    `${output} exists: choose another folder or name, or set ifExists to skip or overwrite.`,
  );
