import { statSync } from 'node:fs';

/**
 * The files that definitions have loaded into this process, as they were then. A JavaScript module stays
 * loaded for as long as its process lives, so a process whose files were changed since has to be replaced.
 */
export class LoadedFiles {
  readonly #stamps = new Map<string, string>();

  /** Notes the files as they are now; files noted before keep their first stamp. */
  note(files: readonly string[]): void {
    for (const file of files) if (!this.#stamps.has(file)) this.#stamps.set(file, stampOf(file));
  }

  get changed(): boolean {
    for (const [file, stamp] of this.#stamps) if (stampOf(file) !== stamp) return true;
    return false;
  }
}

function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : 'missing';
}
