import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { join, posix } from 'node:path';

/**
 * Memory that new processes can get, bytes: what is free, and what the system would give up of its cache of files.
 *
 * Node's own figures say that of macOS and Windows. On macOS `os.freemem()` leaves out the cache, which is most of
 * it. In a container with a limit `process.availableMemory()` takes the cache for used: after a few gigabytes of
 * files that were read, nothing would be left, for ever.
 */
export function freeMemoryBytes(): number {
  if (process.platform !== 'linux') return process.availableMemory();
  return Math.min(freemem(), containerFreeBytes() ?? Number.POSITIVE_INFINITY);
}

interface ContainerFiles {
  /** Where the kernel shows the control groups. */
  groups?: string;
  /** Says which groups this process is in: man 7 cgroups. */
  membership?: string;
}

/** The names of what is read, in both versions of control groups. */
const versions = [
  {
    folder: 'memory',
    of: /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(.*)$/m,
    limit: 'memory.limit_in_bytes',
    used: 'memory.usage_in_bytes',
    cache: /^total_(?:in)?active_file (\d+)$/gm,
  },
  {
    folder: '',
    of: /^0::(.*)$/m,
    limit: 'memory.max',
    used: 'memory.current',
    cache: /^(?:in)?active_file (\d+)$/gm,
  },
];

/** The same within the limits of the control groups, of containers for example, that this process is in; null without a limit. */
export function containerFreeBytes({
  groups = '/sys/fs/cgroup',
  membership = '/proc/self/cgroup',
}: ContainerFiles = {}): number | null {
  const memberOf = readText(membership);
  let least: number | null = null;
  for (const { folder, of, limit, used, cache } of versions) {
    const group = of.exec(memberOf)?.[1];
    if (group === undefined) continue;
    for (const path of upFrom(group)) {
      const read = (file: string) => readText(join(groups, folder, path, file));
      const limitBytes = readNumber(read(limit));
      const usedBytes = readNumber(read(used));
      // The first version says "no limit" with the largest number that fits.
      if (limitBytes === null || usedBytes === null || limitBytes > Number.MAX_SAFE_INTEGER) continue;
      const cacheBytes = [...read('memory.stat').matchAll(cache)].reduce(
        (sum, [, bytes]) => sum + Number(bytes),
        0,
      );
      const free = Math.max(0, limitBytes - Math.max(0, usedBytes - cacheBytes));
      least = Math.min(least ?? free, free);
    }
  }
  return least;
}

/** A group and those that it is in, up to the root: all of their limits count. */
function upFrom(group: string): string[] {
  const paths = [posix.normalize(group)];
  while (paths.at(-1) !== '/' && paths.at(-1) !== '.') paths.push(posix.dirname(paths.at(-1)!));
  return paths;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Null for `max`, and for a file that is not there. */
const readNumber = (text: string): number | null => (/^\d+$/.test(text.trim()) ? Number(text) : null);
