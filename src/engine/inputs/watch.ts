import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { PoolboardError } from '../../shared/errors.ts';
import type { WatchSource } from '../../shared/inputs.ts';
import { FolderEvents } from './folder-events.ts';
import { LinkGuard } from './links.ts';
import { type Look, lookOf, Settling } from './settling.ts';
import { explain } from './system-error.ts';
import { walk } from './walk.ts';
import { Warnings } from './warnings.ts';
import { type WatchNames, watchNames } from './watch-rules.ts';

/** A complete file, and what tells its content from another one of the same path. */
export interface WatchedFile {
  path: string;
  stamp: string;
}

export interface WatchOptions {
  /** Told a sentence, once, about each folder or file that cannot be looked at. */
  warn: (sentence: string) => void;
  /** Ends the watching at once, with an error. */
  signal: AbortSignal;
  /** Milliseconds between two looks at all of it, beside what the system tells; more where a look takes long. */
  pollMs?: number;
  /** Told when the folder is not there any more, and when it is back. */
  onAway?: (isAway: boolean) => void;
  /** Whether to hear of changes from the system. Default: yes. */
  listen?: boolean;
}

const pollMs = 5000;
/** Looking at all of it takes a twentieth of the time at most. */
const pollTimes = 20;
/** What happens within this time is looked at together, milliseconds. */
const gatherMs = 20;
/** Paths beyond which looking at all is less work than looking at each. */
const manyPaths = 1000;

/** Throws `NO_SUCH_PATH` where the folder is not there, or is none. */
export async function checkWatched({ folder }: WatchSource): Promise<void> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(folder)).isDirectory();
  } catch (error) {
    throw new PoolboardError('NO_SUCH_PATH', `The folder ${folder} cannot be watched: ${explain(error)}.`);
  }
  if (!isFolder) throw new PoolboardError('NO_SUCH_PATH', `${folder} is a file: choose a folder to watch.`);
}

/** Watches one folder for files that are new, or whose content was changed. */
export class FolderWatch {
  readonly #source: WatchSource;
  readonly #options: WatchOptions;
  readonly #settling: Settling;
  readonly #warnings: Warnings;
  readonly #warned = new Set<string>();
  readonly #known = new Map<string, string>();
  readonly #changed = new Set<string>();
  #names!: WatchNames;
  #events: FolderEvents | null = null;
  #scanAt = Number.NEGATIVE_INFINITY;
  #wake = () => {};
  #stopped = false;
  #isAway = false;

  constructor(source: WatchSource, options: WatchOptions) {
    this.#source = source;
    this.#options = options;
    this.#settling = new Settling(source.settleMs);
    this.#warnings = new Warnings(options.warn);
  }

  /** Files that come again only where their content is another one. */
  know(files: Iterable<WatchedFile>): void {
    for (const { path, stamp } of files) this.#known.set(path, stamp);
  }

  /** The files that are there now, complete or not. Throws where the folder cannot be read. */
  async *present(): AsyncGenerator<WatchedFile[]> {
    this.#names ??= await watchNames(this.#source);
    for await (const looks of this.#looks(null)) yield looks.map(({ path, stamp }) => ({ path, stamp }));
  }

  /** Takes no more files: {@link files} ends. */
  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  /** Files that were seen and were not complete, by their paths. */
  get unsettled(): string[] {
    return this.#settling.unsettled;
  }

  /** Each new or changed file, once it is complete, until it is stopped. Throws the signal's reason. */
  async *files(): AsyncGenerator<WatchedFile[]> {
    const { signal, listen = true } = this.#options;
    this.#names ??= await watchNames(this.#source);
    this.#events = listen ? new FolderEvents((path) => this.#hear(path)) : null;
    const onAbort = () => this.#wake();
    signal.addEventListener('abort', onAbort);
    try {
      while (!this.#stopped) {
        signal.throwIfAborted();
        yield* this.#round();
        if (!this.#stopped) await this.#rest();
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#events?.close();
      this.#warnings.end();
    }
  }

  async *#round(): AsyncGenerator<WatchedFile[]> {
    if (this.#changed.size > manyPaths) this.#scanAt = Number.NEGATIVE_INFINITY;
    if (performance.now() >= this.#scanAt) {
      yield* this.#scan();
      return;
    }
    const paths = new Set([...this.#changed, ...this.#settling.due()]);
    this.#changed.clear();
    const looks = await Promise.all([...paths].map((path) => this.#look(path)));
    yield* this.#take(looks.filter((look) => look !== null));
  }

  /** Looks at all of it. */
  async *#scan(): AsyncGenerator<WatchedFile[]> {
    const startedAt = performance.now();
    this.#changed.clear();
    const unseen = new Set(this.#settling.unsettled);
    const isThere = await this.#isThere();
    if (isThere === this.#isAway) {
      this.#isAway = !isThere;
      this.#options.onAway?.(this.#isAway);
    }
    if (isThere) {
      for await (const looks of this.#looks(this.#events)) {
        for (const { path } of looks) unseen.delete(path);
        yield* this.#take(looks);
        if (this.#stopped) return;
      }
    } else this.#events?.close();
    for (const path of unseen) this.#settling.forget(path);
    const endedAt = performance.now();
    const { pollMs: least = pollMs } = this.#options;
    // Something may have asked for the next look meanwhile.
    this.#scanAt = Math.max(this.#scanAt, endedAt + Math.max(least, pollTimes * (endedAt - startedAt)));
  }

  async #isThere(): Promise<boolean> {
    const stats = await stat(this.#source.folder).catch(() => null);
    return stats?.isDirectory() ?? false;
  }

  /** Looks at all files; those that were removed while one looks are left out. */
  async *#looks(events: FolderEvents | null): AsyncGenerator<Look[]> {
    const { folder, hidden = false } = this.#source;
    const folders = new Set([folder]);
    const temporary: string[] = [];
    events?.add(folder);
    const found = walk(folder, {
      warn: (sentence) => this.#warn(sentence),
      signal: this.#options.signal,
      links: new LinkGuard([folder], hidden),
      takes: (path) => {
        if (this.#names.isTemporary(path)) temporary.push(path);
        return this.#names.wants(path);
      },
      enters: (path) => {
        if (!this.#names.enters(path)) return false;
        folders.add(path);
        events?.add(path);
        return true;
      },
    });
    const all: string[][] = [];
    for await (const paths of found) all.push(paths);
    // First, for they say what the others are.
    for (const path of temporary.splice(0)) await this.#look(path);
    for (const paths of all) {
      const looks = await Promise.all(paths.map((path) => this.#look(path)));
      yield looks.filter((look) => look !== null);
    }
    events?.keepOnly(folders);
  }

  /** One path as it is; null where it is no file, or not one that is meant. */
  async #look(path: string): Promise<Look | null> {
    const stats = await stat(path, { bigint: true }).catch(() => null);
    if (!stats) {
      this.#settling.forget(path);
      return null;
    }
    if (stats.isDirectory()) this.#scanSoon();
    if (!stats.isFile()) return null;
    const look = lookOf(path, stats);
    if (this.#names.isTemporary(path)) this.#settling.temporary(look);
    return this.#names.wants(path) ? look : null;
  }

  /** Those of the files that are new and complete. */
  *#take(looks: Look[]): Generator<WatchedFile[]> {
    const taken: WatchedFile[] = [];
    for (const look of looks) {
      const { path, stamp } = look;
      if (this.#known.get(path) === stamp) this.#settling.forget(path);
      else if (this.#settling.isComplete(look)) {
        this.#known.set(path, stamp);
        taken.push({ path, stamp });
      }
    }
    if (taken.length > 0) yield taken;
  }

  #hear(path: string | null): void {
    if (path === null) this.#scanSoon();
    else this.#changed.add(path);
    this.#wake();
  }

  #scanSoon(): void {
    this.#scanAt = Number.NEGATIVE_INFINITY;
  }

  /** Waits until there is something to look at. */
  async #rest(): Promise<void> {
    const { signal } = this.#options;
    if (this.#changed.size === 0 && this.#scanAt > performance.now()) {
      const untilScan = this.#scanAt - performance.now();
      const waitMs = Math.min(untilScan, this.#settling.nextMs() ?? untilScan);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(1, waitMs));
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    if (this.#stopped || signal.aborted) return;
    await delay(gatherMs);
  }

  #warn(sentence: string): void {
    if (this.#warned.has(sentence)) return;
    this.#warned.add(sentence);
    this.#warnings.warn(sentence);
  }
}
