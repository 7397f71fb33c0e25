import type { BigIntStats } from 'node:fs';
import { basename, dirname } from 'node:path';
import { isDownloadOf } from './temporary-names.ts';

/** What a look at a file has found. */
export interface Look {
  path: string;
  /** Another one for each content: size, and when it was written. */
  stamp: string;
  /** Another one for each file: a renamed file keeps it. */
  identity: string;
  isEmpty: boolean;
  /** It was put there, or named so, after it was last written to. */
  wasPlaced: boolean;
}

/** A file whose content is older than its place by this much was moved or renamed, milliseconds. */
const placedMs = 250n;

export function lookOf(path: string, stats: BigIntStats): Look {
  const { size, mtimeNs, ctimeMs, mtimeMs, dev, ino } = stats;
  return {
    path,
    stamp: `${size} ${mtimeNs}`,
    identity: `${dev} ${ino}`,
    isEmpty: size === 0n,
    // Writing sets both times, by the same clock. Windows sets them when the file is closed, or before.
    wasPlaced: process.platform !== 'win32' && ctimeMs - mtimeMs >= placedMs,
  };
}

/** Tells when files are complete: when they have not changed for some time, or were renamed into place. */
export class Settling {
  readonly #settleMs: number;
  readonly #now: () => number;
  /** Files that may still change, by path. */
  readonly #unsettled = new Map<string, { stamp: string; since: number }>();
  /** Temporary files that are there, by path, with their identity. */
  readonly #temporary = new Map<string, string>();
  /** The identities that temporary files had: what has one of these now was renamed. */
  readonly #former = new Set<string>();

  constructor(settleMs: number, now: () => number = () => performance.now()) {
    this.#settleMs = settleMs;
    this.#now = now;
  }

  /** Whether a file is complete. Asked again about the same file, it remembers. */
  isComplete({ path, stamp, identity, isEmpty, wasPlaced }: Look): boolean {
    if (this.#isDownloading(path, isEmpty)) {
      this.#wait(path, stamp);
      return false;
    }
    const since = this.#wait(path, stamp);
    const wasRenamed = this.#former.has(identity);
    if (!wasRenamed && !wasPlaced && this.#now() - since < this.#settleMs) return false;
    this.forget(path);
    this.#former.delete(identity);
    return true;
  }

  /** A temporary file is there. */
  temporary({ path, identity }: Pick<Look, 'path' | 'identity'>): void {
    this.#temporary.set(path, identity);
    // A file system may use the number of a removed file again, one day.
    if (this.#former.size >= 10_000) this.#former.clear();
    this.#former.add(identity);
  }

  /** Nothing is at this path any more. */
  forget(path: string): void {
    this.#unsettled.delete(path);
    this.#temporary.delete(path);
  }

  /** Paths that are to be looked at by now. */
  due(): string[] {
    const now = this.#now();
    return [...this.#unsettled]
      .filter(([, { since }]) => now - since >= this.#settleMs)
      .map(([path]) => path);
  }

  /** Milliseconds until the next path is due; null while there is none. */
  nextMs(): number | null {
    let oldest = Number.POSITIVE_INFINITY;
    for (const { since } of this.#unsettled.values()) oldest = Math.min(oldest, since);
    return oldest === Number.POSITIVE_INFINITY ? null : Math.max(0, oldest + this.#settleMs - this.#now());
  }

  /** Files that were seen and are not complete. */
  get unsettled(): string[] {
    return [...this.#unsettled.keys()];
  }

  /** Since when the file is as it is. */
  #wait(path: string, stamp: string): number {
    const before = this.#unsettled.get(path);
    if (before?.stamp === stamp && this.#now() - before.since < this.#settleMs) return before.since;
    if (before?.stamp === stamp) {
      // It has waited long enough; should it have to wait on, then for another while.
      this.#unsettled.set(path, { stamp, since: this.#now() });
      return before.since;
    }
    this.#unsettled.set(path, { stamp, since: this.#now() });
    return this.#now();
  }

  /** The place of a file that a browser or a downloader is still at. */
  #isDownloading(path: string, isEmpty: boolean): boolean {
    if (this.#temporary.size === 0) return false;
    if (this.#temporary.has(`${path}.aria2`) || this.#temporary.has(`${path}.part`)) return true;
    if (!isEmpty) return false;
    const folder = dirname(path);
    const name = basename(path);
    for (const other of this.#temporary.keys()) {
      if (dirname(other) === folder && isDownloadOf(basename(other), name)) return true;
    }
    return false;
  }
}
