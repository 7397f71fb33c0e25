import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { PoolboardError } from '../../shared/errors.ts';
import type { FilesSource, InputSource } from '../../shared/inputs.ts';
import { hasMagic } from '../inputs/glob-magic.ts';

/** Folders watched for one batch: each is looked at again and again. */
const maxRoots = 64;

/** Paths and first inputs that are looked at to find them. */
const maxLooks = 1000;

/**
 * An answer holds this many times as long as it took to find: looking takes a twentieth of the time at most, and
 * where it is quick, as on a drive that is there, hardly a task fails before it is seen that the drive is away. Of
 * the last two looks the quicker counts: one that the system interrupted says nothing of the drive.
 */
const holdsTimes = 20;

export interface InputRootsOptions {
  /** What relative paths are relative to. Default: the working directory. */
  cwd?: string;
  /** Milliseconds that never go back. Default: `performance.now()`. */
  now?: () => number;
  /** The number of the device that a path lies on; throws as `fs.statSync` does. */
  deviceOf?: (path: string) => number;
}

interface Root {
  path: string;
  /** The drive that it lies on. */
  device: number;
  /** Where that drive is mounted; null where it is the root of all, or where that cannot be told. */
  mount: string | null;
}

/** The folders that a batch's inputs come from, and whether they, and the drives that they are on, are still there. */
export class InputRoots {
  readonly #roots: Root[];
  readonly #now: () => number;
  readonly #deviceOf: (path: string) => number;
  #holdsUntil = Number.NEGATIVE_INFINITY;
  #lastTookMs = 0;
  #away: string | null = null;

  private constructor(folders: Iterable<string>, options: InputRootsOptions) {
    this.#now = options.now ?? (() => performance.now());
    this.#deviceOf = options.deviceOf ?? ((path) => statSync(path).dev);
    this.#roots = [...folders].flatMap((path) => rootAt(path, this.#deviceOf) ?? []);
  }

  /**
   * The folder of a watched one. The roots of a source of files, or of the sources of files of a combined one: the folders given, the folders
   * of the files given and the fixed parts of globs, at most 64. Other sources have none. Never throws.
   *
   * A folder that is not there now is not watched: whoever starts or resumes a batch without it means that.
   * @param firstInputs inputs as tasks receive them, where the source as it is kept does not name all paths.
   */
  static of(
    source: InputSource,
    firstInputs: readonly unknown[] = [],
    options: InputRootsOptions = {},
  ): InputRoots {
    const folders = new Folders(options.cwd ?? process.cwd());
    if (source.kind === 'watch') {
      folders.found.add(resolve(options.cwd ?? process.cwd(), source.folder));
    } else if (source.kind === 'files') {
      folders.addSource(source, firstInputs);
    } else if (source.kind === 'product' || source.kind === 'zip') {
      for (const [position, part] of source.sources.entries()) {
        if (part.kind !== 'files') continue;
        const inputs = firstInputs.map((input) => (Array.isArray(input) ? input[position] : undefined));
        folders.addSource(part, inputs);
      }
    }
    return new InputRoots(folders.found, options);
  }

  /** The folders, absolute. */
  get paths(): string[] {
    return this.#roots.map((root) => root.path);
  }

  /**
   * The first root that is not there any more, or whose drive is not mounted any more; null while all are there.
   * Spends a small share of the time on looking, and answers what it saw in between. Never throws.
   */
  away(): string | null {
    const now = this.#now();
    if (now < this.#holdsUntil) return this.#away;
    this.#away = this.#roots.find((root) => !this.#isThere(root))?.path ?? null;
    const lookedAt = this.#now();
    const tookMs = lookedAt - now;
    this.#holdsUntil = lookedAt + Math.min(tookMs, this.#lastTookMs) * holdsTimes;
    this.#lastTookMs = tookMs;
    return this.#away;
  }

  #isThere({ path, device, mount }: Root): boolean {
    try {
      const current = this.#deviceOf(path);
      if (current === device) return true;
      // Windows' number is the volume's own. Elsewhere a drive has a new one each time that it is connected: it
      // is back when something is mounted there again, where without it the folder belongs to the drive above.
      if (process.platform === 'win32') return false;
      return mount === null || this.#deviceOf(mount) !== this.#deviceOf(dirname(mount));
    } catch (error) {
      // A folder that may not be read any more is there, and its files' own errors say it best. Everything else
      // is a drive that is gone, or about to be: ENOENT, ENOTDIR, EIO, ENODEV, ENXIO, ESTALE, ENOTCONN, …
      const { code } = error as NodeJS.ErrnoException;
      return code === 'EACCES' || code === 'EPERM';
    }
  }
}

/** What a batch waits for while a root of its inputs is away. */
export function inputsAway(root: string): PoolboardError {
  return new PoolboardError(
    'INPUTS_AWAY',
    `${root}, where inputs of this batch are, is not there any more, so the batch waits: connect the drive again, or put the folder back, and it goes on by itself. Or resume it to go on without.`,
  );
}

function rootAt(path: string, deviceOf: (path: string) => number): Root | null {
  try {
    return { path, device: deviceOf(path), mount: mountOf(realpathSync(path), deviceOf) };
  } catch {
    return null;
  }
}

/** The folder, at or above a real path, at which its drive is mounted. */
function mountOf(path: string, deviceOf: (path: string) => number): string | null {
  try {
    const device = deviceOf(path);
    let mount = path;
    while (dirname(mount) !== mount) {
      if (deviceOf(dirname(mount)) !== device) return mount;
      mount = dirname(mount);
    }
  } catch {
    // A folder above that may be passed through but not looked at.
  }
  return null;
}

/** Folders found in sources, each once, until there are enough. */
class Folders {
  readonly found = new Set<string>();
  readonly #cwd: string;
  #looks = 0;

  constructor(cwd: string) {
    this.#cwd = cwd;
  }

  addSource(source: FilesSource, firstInputs: readonly unknown[]): void {
    for (const path of source.paths) {
      if (!this.#mayLook()) return;
      this.#addGiven(path);
    }
    for (const input of firstInputs) {
      if (!this.#mayLook()) return;
      if (typeof input === 'string' && isAbsolute(input)) this.found.add(dirname(input));
    }
  }

  #mayLook(): boolean {
    this.#looks += 1;
    return this.found.size < maxRoots && this.#looks <= maxLooks;
  }

  #addGiven(given: string): void {
    const path = resolve(this.#cwd, given);
    // Whatever lies in a folder that is watched is watched, without a look at each of many files.
    if (this.found.has(dirname(path))) return;
    try {
      this.found.add(statSync(path).isDirectory() ? path : dirname(path));
    } catch {
      this.found.add(hasMagic(given) ? resolve(this.#cwd, fixedPart(given)) : dirname(path));
    }
  }
}

/** The folder above the first part of a path that is a pattern. */
function fixedPart(pattern: string): string {
  let fixed = pattern;
  while (hasMagic(fixed) && dirname(fixed) !== fixed) fixed = dirname(fixed);
  return fixed;
}
