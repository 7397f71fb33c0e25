import type { Stats } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import type { LinkGuard } from './links.ts';
import { type EntryKind, type FolderEntries, readFolder } from './read-folder.ts';
import { explain } from './system-error.ts';

export interface WalkRules {
  /** Whether to take a file, by its path; `name` is its last part. */
  takes(path: string, name: string): boolean;
  /** Whether to look into a folder. */
  enters(path: string, name: string): boolean;
  /** Asked about folders met through links; without it all links are followed. */
  links: LinkGuard | null;
  warn: (sentence: string) => void;
  signal: AbortSignal;
}

/** A folder on the way from the root to where the walk is. */
interface Level {
  /** Path with the separator at its end. */
  prefix: string;
  /** The same without links, where the walk came here through a link; null where it did not. */
  realPrefix: string | null;
  entries: FolderEntries;
  next: number;
}

const maxBatch = 512;
/** Files found are handed on after this long even where they are few. */
const maxBatchMs = 20;

/**
 * The files below a folder, depth first, each folder in the order of its names; some at a time. It holds the
 * names of the folders between the root and where it is, and no others. What cannot be read is passed over
 * with a warning.
 */
export async function* walk(root: string, rules: WalkRules): AsyncGenerator<string[]> {
  const levels: Level[] = [];
  let batch: string[] = [];
  let batchSince = performance.now();

  await open(root, null);
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    if (level.next === level.entries.count) {
      levels.pop();
      continue;
    }
    const name = level.entries.name(level.next);
    const kind = level.entries.kind(level.next);
    level.next += 1;
    if (kind === 'file') {
      if (rules.takes(level.prefix + name, name)) batch.push(level.prefix + name);
    } else {
      await visit(level, name, kind);
    }
    if (batch.length >= maxBatch || (kind !== 'file' && performance.now() - batchSince > maxBatchMs)) {
      if (batch.length > 0) yield batch;
      batch = [];
      batchSince = performance.now();
    }
  }
  if (batch.length > 0) yield batch;

  async function open(path: string, real: string | null): Promise<void> {
    rules.signal.throwIfAborted();
    const prefix = withSeparator(path);
    try {
      const entries = await readFolder(path);
      for (const name of entries.unreadableNames) {
        rules.warn(`Passed over ${prefix}${name}: its name is not valid UTF-8; rename it.`);
      }
      levels.push({ prefix, realPrefix: real === null ? null : withSeparator(real), entries, next: 0 });
    } catch (error) {
      rules.warn(`Passed over the folder ${path}: ${explain(error)}.`);
    }
  }

  /** Anything but a plain file. */
  async function visit(level: Level, name: string, kind: EntryKind): Promise<void> {
    const path = level.prefix + name;
    const isTaken = rules.takes(path, name);
    const isEntered = rules.enters(path, name);
    if (!isTaken && !isEntered) return;
    if (kind === 'folder') {
      if (isEntered) await openFolder(level, path, name);
      return;
    }
    try {
      const own = kind === 'link' ? null : await lstat(path);
      const isLink = own?.isSymbolicLink() ?? true;
      const stats = own && !isLink ? own : await stat(path);
      if (stats.isFile()) {
        if (isTaken) batch.push(path);
      } else if (!stats.isDirectory()) {
        if (isTaken) rules.warn(`Passed over ${path}: it is ${specialKind(stats)}, not a file.`);
      } else if (isEntered) {
        await (isLink ? openLink(path) : openFolder(level, path, name));
      }
    } catch (error) {
      if (rules.signal.aborted) throw error;
      rules.warn(`Passed over ${path}: ${explain(error, 'link')}.`);
    }
  }

  async function openFolder(level: Level, path: string, name: string): Promise<void> {
    if (level.realPrefix === null || !rules.links) return open(path, null);
    const real = level.realPrefix + name;
    if (await rules.links.enter(real)) await open(path, real);
  }

  async function openLink(path: string): Promise<void> {
    if (!rules.links) return open(path, null);
    const real = await realpath(path);
    if (await rules.links.enter(real)) return open(path, real);
    rules.warn(`Passed over the link ${path}: it leads to ${real}, whose files are taken already.`);
  }
}

const withSeparator = (path: string) => (path.endsWith(sep) ? path : path + sep);

/** What a thing is that is neither a file nor a folder. */
export function specialKind(stats: Stats): string {
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}
