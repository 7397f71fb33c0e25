import { basename, relative, sep } from 'node:path';
import type { WatchSource } from '../../shared/inputs.ts';
import { isTemporaryName } from './temporary-names.ts';

/** Which files of a watched folder are meant. Paths are absolute. */
export interface WatchNames {
  /** By its name and place alone: what is in it, and whether it is complete, is another question. */
  wants(path: string): boolean;
  enters(folder: string): boolean;
  isTemporary(path: string): boolean;
}

/** Throws nothing: a pattern that no file matches waits for one that does. */
export async function watchNames(source: WatchSource): Promise<WatchNames> {
  const { folder, pattern, hidden = false, except = [] } = source;
  const matches = pattern === undefined ? () => true : await matcherOf(folder, pattern, hidden);
  const isHidden = (path: string) => !hidden && basename(path).startsWith('.');
  const isExcept = (path: string) => except.some((other) => path === other || path.startsWith(other + sep));
  const isTemporary = (path: string) => isTemporaryName(basename(path));
  return {
    wants: (path) => !isHidden(path) && !isTemporary(path) && matches(path) && !isExcept(path),
    // `.~tmp~` of rsync, and folders that browsers download into.
    enters: (path) => !isHidden(path) && !isTemporary(path) && !isExcept(path),
    isTemporary,
  };
}

async function matcherOf(folder: string, pattern: string, dot: boolean): Promise<(path: string) => boolean> {
  // Loaded when first needed: every start of the command line would wait for the library.
  const { Minimatch } = await import('minimatch');
  const matcher = new Minimatch(pattern, { dot, nonegate: true, nocomment: true });
  const isOfPaths = pattern.includes('/');
  return (path) => matcher.match(isOfPaths ? relative(folder, path).replaceAll(sep, '/') : basename(path));
}
