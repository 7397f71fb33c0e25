import { lstat, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { PoolboardError } from '../../shared/errors.ts';
import type { Glob } from './glob.ts';
import { hasMagic } from './glob-magic.ts';
import { explain } from './system-error.ts';
import { specialKind } from './walk.ts';

/** What one of the paths given stands for. Paths are absolute and normalised. */
export type Target =
  | { kind: 'file'; path: string }
  | { kind: 'folder'; path: string }
  | { kind: 'special'; path: string; what: string }
  | { kind: 'glob'; given: string; glob: Glob };

/** Paths looked at together: enough to hide the wait for a slow disk. */
const together = 128;

/**
 * Looks at every path given, before anything starts. A path that exists is taken literally even where it
 * holds the characters of a glob. Throws `NO_SUCH_PATH`, naming the first that is wrong and how many more are.
 */
export async function resolvePaths(
  paths: readonly string[],
  cwd: string,
  hidden: boolean,
  signal: AbortSignal,
): Promise<Target[]> {
  const targets: Target[] = [];
  const problems: PoolboardError[] = [];
  for (let first = 0; first < paths.length; first += together) {
    signal.throwIfAborted();
    const part = paths.slice(first, first + together);
    for (const result of await Promise.all(part.map((path) => resolvePath(path, cwd, hidden)))) {
      if (result instanceof PoolboardError) problems.push(result);
      else targets.push(result);
    }
  }
  const [problem, ...others] = problems;
  if (!problem) return targets;
  if (others.length === 0) throw problem;
  const more = `${others.length} more of the ${paths.length} paths ${others.length === 1 ? 'is' : 'are'} wrong too.`;
  throw new PoolboardError(problem.code, `${problem.message} ${more}`);
}

async function resolvePath(given: string, cwd: string, hidden: boolean): Promise<Target | PoolboardError> {
  if (given.includes('\0'))
    return noSuchPath(`The path ${JSON.stringify(given)} holds a NUL, which no path can.`);
  const path = resolve(cwd, given);
  try {
    const stats = await stat(path);
    if (stats.isFile()) return { kind: 'file', path };
    if (stats.isDirectory()) return { kind: 'folder', path };
    return { kind: 'special', path, what: specialKind(stats) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    if (isMissing && (await exists(path, lstat))) return noSuchPath(`The link ${path} leads to nothing.`);
    if (isMissing && hasMagic(given)) return resolveGlob(given, cwd, hidden);
    return noSuchPath(isMissing ? await missing(path) : `${path} cannot be read: ${explain(error)}.`);
  }
}

async function resolveGlob(given: string, cwd: string, hidden: boolean): Promise<Target | PoolboardError> {
  let glob: Glob;
  try {
    // Loaded when first needed: every start of the command line would wait for the library.
    glob = new (await import('./glob.ts')).Glob(given, cwd, hidden);
  } catch (error) {
    return noSuchPath(`The pattern ${given} cannot be read: ${(error as Error).message}`);
  }
  if (await exists(glob.base, stat)) return { kind: 'glob', given, glob };
  return noSuchPath(`The pattern ${given} starts in ${glob.base}. ${await missing(glob.base)}`);
}

const exists = (path: string, look: (path: string) => Promise<unknown>): Promise<boolean> =>
  look(path).then(
    () => true,
    () => false,
  );

/** Says how much of the path is there, for that is where the typing error is. */
async function missing(path: string): Promise<string> {
  const broken = path.includes('\uFFFD')
    ? ' The name may hold bytes that are not UTF-8; name its folder instead.'
    : '';
  let name = path;
  let folder = dirname(path);
  while (folder !== dirname(folder) && !(await exists(folder, stat))) {
    name = folder;
    folder = dirname(folder);
  }
  const has = `${folder} has nothing named ${JSON.stringify(basename(name))}`;
  return `There is no file or folder ${path}: ${has}.${broken}`;
}

const noSuchPath = (sentence: string) => new PoolboardError('NO_SUCH_PATH', sentence);
