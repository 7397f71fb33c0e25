import { sep } from 'node:path';
import type { Target } from './targets.ts';

/**
 * Which paths were taken already, told from what was given and not from what was found: it remembers the
 * paths given, however many files they hold.
 */
export class TakenPaths {
  /** The first position at which a path was given. */
  private readonly given = new Map<string, number>();
  private readonly folders = new Map<string, number>();
  private readonly globs: { position: number; matches(path: string): boolean }[] = [];
  private readonly hidden: boolean;

  constructor(targets: readonly Target[], hidden: boolean) {
    this.hidden = hidden;
    for (const [position, target] of targets.entries()) {
      if (target.kind === 'glob') {
        this.globs.push({ position, matches: (path) => target.glob.matches(path) });
        continue;
      }
      if (this.given.has(target.path)) continue;
      this.given.set(target.path, position);
      if (target.kind === 'folder') this.folders.set(target.path, position);
    }
  }

  /** Whether one of the paths given before `position` has taken this file. */
  isFileTakenBefore(position: number, path: string): boolean {
    if (position === 0) return false;
    if (this.globs.some((glob) => glob.position < position && glob.matches(path))) return true;
    return this.isFolderTakenBefore(position, path);
  }

  /** Whether a folder given before `position` has taken all of this one; a glob stands for files only. */
  isFolderTakenBefore(position: number, path: string): boolean {
    if (position === 0) return false;
    if (isBefore(this.given.get(path), position)) return true;
    return this.folders.size > 0 && this.isInFolderBefore(position, path);
  }

  private isInFolderBefore(position: number, path: string): boolean {
    let end = path.lastIndexOf(sep);
    while (end >= 0) {
      if (!this.hidden && path[end + 1] === '.') return false;
      // The root's own path ends with the separator.
      const folder = path.slice(0, end) || sep;
      if (isBefore(this.folders.get(folder), position)) return true;
      end = end === 0 ? -1 : path.lastIndexOf(sep, end - 1);
    }
    return false;
  }
}

const isBefore = (given: number | undefined, position: number) => given !== undefined && given < position;
