import { stat } from 'node:fs/promises';
import { PoolboardError } from '../../shared/errors.ts';
import type { FilesSource } from '../../shared/inputs.ts';
import type { Slice, SourceOptions } from './block.ts';
import { LinkGuard } from './links.ts';
import { TakenPaths } from './taken-paths.ts';
import { resolvePaths, type Target } from './targets.ts';
import { type WalkRules, walk } from './walk.ts';

type WalkedTarget = Extract<Target, { kind: 'folder' | 'glob' }>;

/**
 * The files that paths, folders and globs stand for, as absolute paths, in the order given. A path is taken
 * once, however often it is named: a file and its folder, dropped together, are not two files. A link to a
 * file has a path of its own and is taken. A glob stands for files only.
 *
 * Throws `NO_SUCH_PATH` before the first slice where a path does not exist, `NO_INPUTS` at the end where
 * nothing was found.
 */
export async function* fileSlices(source: FilesSource, options: SourceOptions): AsyncGenerator<Slice> {
  const hidden = source.hidden ?? false;
  const targets = await resolvePaths(source.paths, options.cwd, hidden, options.signal);
  const taken = new TakenPaths(targets, hidden);
  const guard = new LinkGuard(
    targets.flatMap((target) => (target.kind === 'folder' ? [target.path] : [])),
    hidden,
  );
  let count = 0;
  let passedOver = '';

  let explicit: string[] = [];
  for (const [position, target] of targets.entries()) {
    if (target.kind === 'file' && taken.isFileTakenBefore(position, target.path)) continue;
    if (target.kind === 'folder' && taken.isFolderTakenBefore(position, target.path)) continue;
    if (target.kind === 'special') {
      warn(`Passed over ${target.path}: it is ${target.what}, not a file.`);
    } else if (target.kind === 'file') {
      explicit.push(target.path);
    } else {
      yield* take(explicit);
      explicit = [];
      const seen = { any: false };
      const root = target.kind === 'glob' ? target.glob.base : target.path;
      for await (const paths of walk(root, rulesFor(target, position, seen))) yield* take(paths);
      if (!seen.any && targets.length > 1) warn(nothingIn(target, hidden));
    }
    if (explicit.length >= 512) {
      yield* take(explicit);
      explicit = [];
    }
  }
  yield* take(explicit);
  if (count === 0) throw noFiles(targets, hidden, passedOver);

  function warn(sentence: string): void {
    passedOver ||= sentence;
    options.warn(sentence);
  }

  async function* take(paths: string[]): AsyncGenerator<Slice> {
    if (paths.length === 0) return;
    count += paths.length;
    const texts = paths.map((path) => JSON.stringify(path));
    yield options.measure ? { texts, bytes: await bytesOf(paths) } : { texts };
  }

  function rulesFor(target: WalkedTarget, position: number, seen: { any: boolean }): WalkRules {
    const common = { warn, signal: options.signal };
    const isNewFile = (path: string) => {
      seen.any = true;
      return !taken.isFileTakenBefore(position, path);
    };
    if (target.kind === 'glob') {
      const { glob } = target;
      return {
        ...common,
        takes: (path) => glob.matches(path) && isNewFile(path),
        enters: (path) => glob.mayMatchIn(path),
        // Without `**` the pattern itself ends the walk, and a link that it names is meant.
        links: glob.isDeep ? new LinkGuard([glob.base], hidden) : null,
      };
    }
    const isShown = (name: string) => hidden || !name.startsWith('.');
    return {
      ...common,
      takes: (path, name) => isShown(name) && isNewFile(path),
      enters: (path, name) => isShown(name) && !taken.isFolderTakenBefore(position, path),
      links: guard,
    };
  }
}

/** A file that cannot be looked at counts nothing here; its task will say why. */
async function bytesOf(paths: readonly string[]): Promise<number> {
  const sizeOf = (path: string) =>
    stat(path).then(
      (stats) => stats.size,
      () => 0,
    );
  const sizes = await Promise.all(paths.map(sizeOf));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function nothingIn(target: WalkedTarget, hidden: boolean): string {
  const shown = hidden ? 'files' : 'files that are not hidden';
  return target.kind === 'glob'
    ? `No ${hidden ? 'file' : 'file that is not hidden'} below ${target.glob.base} matches ${target.given}: check the pattern (* stays within one folder, ** goes into subfolders).`
    : `The folder ${target.path} holds no ${shown}: choose another, or put files in it.`;
}

function noFiles(targets: readonly Target[], hidden: boolean, passedOver: string): PoolboardError {
  const [only] = targets;
  let sentence: string;
  if (targets.length > 1 || !only || only.kind === 'file') {
    sentence = `None of the ${targets.length} paths given holds a file to work on.`;
  } else if (only.kind === 'special') {
    return new PoolboardError(
      'NO_INPUTS',
      `${only.path} is ${only.what}, not a file: choose files or folders.`,
    );
  } else {
    sentence = nothingIn(only, hidden);
  }
  return new PoolboardError('NO_INPUTS', passedOver ? `${sentence} ${passedOver}` : sentence);
}
