import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';

/**
 * Decides which links to folders are followed, so that a walk ends and takes no folder twice.
 *
 * A link that leads into a folder that is walked anyway (so every loop) is passed over: its files are taken
 * by their own path. Other folders are taken through the first link that leads to them. This remembers the
 * folders reached through links, and nothing of the others.
 */
export class LinkGuard {
  private readonly roots: Promise<string[]>;
  private readonly reached = new Set<string>();
  private readonly hidden: boolean;

  /** `roots`: the folders that are walked. `hidden`: whether their hidden folders are too. */
  constructor(roots: readonly string[], hidden: boolean) {
    this.roots = Promise.all(roots.map((root) => realpath(root).catch(() => root)));
    this.hidden = hidden;
  }

  /** Whether a folder that is met through a link, by its real path, is to be walked; says yes once. */
  async enter(real: string): Promise<boolean> {
    if (this.reached.has(real)) return false;
    if ((await this.roots).some((root) => isWithin(real, root, this.hidden))) return false;
    this.reached.add(real);
    return true;
  }
}

/** Whether `path` is `folder` or lies in it where a walk gets to it: not inside hidden folders unless `hidden`. */
export function isWithin(path: string, folder: string, hidden: boolean): boolean {
  if (path === folder) return true;
  const prefix = folder.endsWith(sep) ? folder : folder + sep;
  if (!path.startsWith(prefix)) return false;
  return hidden || !path.slice(prefix.length - 1).includes(`${sep}.`);
}
