import type { Dirent } from 'node:fs';
import { opendir, readdir } from 'node:fs/promises';

export type EntryKind = 'file' | 'folder' | 'link' | 'unknown' | 'special';

/** A folder's entries in the order of their names (by code units, the same on every machine). */
export interface FolderEntries {
  readonly count: number;
  name(index: number): string;
  kind(index: number): EntryKind;
  /** Names that are not valid UTF-8, with their bytes shown as `\xNN`. Nothing can open such a name as text. */
  readonly unreadableNames: string[];
}

/** What stands behind a name's NUL, which no name can hold; nothing for files, so that they cost no new string. */
const kindOf: Record<string, EntryKind> = { d: 'folder', l: 'link', u: 'unknown', s: 'special' };

/**
 * Reads one folder. A million names are held as one array of texts, for they have to be sorted.
 * Throws the file system's error.
 */
export async function readFolder(path: string): Promise<FolderEntries> {
  let keys: string[] = [];
  // `readdir` would make a million entries at once: twice the memory, though a little faster for small folders.
  for await (const entry of await opendir(path, { bufferSize: 1024 })) keys.push(keyOf(entry));
  let unreadableNames: string[] = [];
  if (keys.some((key) => key.includes('\uFFFD'))) {
    unreadableNames = await namesOfBytes(path);
    const unreadable = new Set(unreadableNames.map((name) => Buffer.from(name, 'latin1').toString('utf8')));
    keys = keys.filter((key) => !unreadable.has(key.replace(/\0.$/, '')));
    unreadableNames = unreadableNames.map(escapeBytes);
  }
  keys.sort();
  return {
    count: keys.length,
    unreadableNames,
    name(index) {
      const key = keys[index] ?? '';
      const end = key.length - 2;
      return key.charCodeAt(end) === 0 ? key.slice(0, end) : key;
    },
    kind(index) {
      const key = keys[index] ?? '';
      return key.charCodeAt(key.length - 2) === 0 ? (kindOf[key.at(-1) ?? ''] ?? 'unknown') : 'file';
    },
  };
}

function keyOf(entry: Dirent): string {
  if (entry.isFile()) return entry.name;
  if (entry.isDirectory()) return `${entry.name}\0d`;
  if (entry.isSymbolicLink()) return `${entry.name}\0l`;
  // File systems that do not say what an entry is (some network drives) leave every question unanswered.
  const special = entry.isFIFO() || entry.isSocket() || entry.isCharacterDevice() || entry.isBlockDevice();
  return `${entry.name}\0${special ? 's' : 'u'}`;
}

/** The names in a folder that are not valid UTF-8, byte for byte as characters. */
async function namesOfBytes(path: string): Promise<string[]> {
  const names = await readdir(path, { encoding: 'buffer' });
  return names
    .filter((name) => !name.equals(Buffer.from(name.toString('utf8'))))
    .map((name) => name.toString('latin1'));
}

/** Bytes as a text for people: ASCII as it is, everything else as `\xNN`. */
export function escapeBytes(latin1: string): string {
  return latin1.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped here.
    /[\x00-\x1f\\\x7f-\xff]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
