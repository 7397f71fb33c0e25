import { type FSWatcher, watch } from 'node:fs';
import { basename, join } from 'node:path';

/** Folders that are listened to; in those beyond, changes are found by looking. */
const maxFolders = 2048;

/** What the system tells of changes in folders: a help to look early, and never the whole truth. */
export class FolderEvents {
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #heard: (path: string | null) => void;

  /** @param heard told of a path at which something changed, or null where it is only known that something did. */
  constructor(heard: (path: string | null) => void) {
    this.#heard = heard;
  }

  /** Listens to a folder, before it is read: what comes later is told of. */
  add(folder: string): void {
    if (this.#watchers.has(folder) || this.#watchers.size >= maxFolders) return;
    try {
      const watcher = watch(folder, { persistent: false }, (kind, name) => {
        // The folder itself was removed or renamed (or holds something of its name): listened to anew, if it is there.
        if (kind === 'rename' && name === basename(folder)) this.#lost(folder);
        this.#heard(name === null || name === basename(folder) ? null : join(folder, name));
      });
      watcher.on('error', () => {
        this.#lost(folder);
        this.#heard(null);
      });
      this.#watchers.set(folder, watcher);
    } catch {
      // Some network drives cannot be listened to, and a system has only so many watches.
    }
  }

  /** Listens to no others. */
  keepOnly(folders: ReadonlySet<string>): void {
    for (const folder of this.#watchers.keys()) if (!folders.has(folder)) this.#lost(folder);
  }

  close(): void {
    this.keepOnly(new Set());
  }

  #lost(folder: string): void {
    this.#watchers.get(folder)?.close();
    this.#watchers.delete(folder);
  }
}
