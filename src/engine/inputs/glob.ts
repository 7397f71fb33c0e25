import { resolve, sep } from 'node:path';
import { Minimatch } from 'minimatch';
import { hasMagic } from './glob-magic.ts';

const windows = process.platform === 'win32';

/** A pattern of paths, `photos/2024-*\/**\/*.jpg`, taken apart into the folder to walk and what must match below it. */
export class Glob {
  /** The folder before the first part that is a pattern, absolute. */
  readonly base: string;
  /** Whether `**` occurs, so that the walk has no depth of its own. */
  readonly isDeep: boolean;
  private readonly matcher: Minimatch;

  constructor(pattern: string, cwd: string, hidden: boolean) {
    const parts = (windows ? pattern.replaceAll('\\', '/') : pattern).split('/');
    const first = parts.findIndex((part) => hasMagic(part));
    // A trailing separator keeps `/` and `C:` what they are: roots.
    this.base = resolve(cwd, parts.slice(0, first).join('/') + (first > 0 ? '/' : ''));
    const rest = parts.slice(first).join('/');
    this.isDeep = rest.includes('**');
    this.matcher = new Minimatch(rest, { dot: hidden, nonegate: true, nocomment: true });
  }

  /** Whether a path below the base matches. */
  matches(path: string): boolean {
    const below = this.below(path);
    return below !== null && this.matcher.match(below);
  }

  /** Whether anything in this folder could match, so that the others are not walked. */
  mayMatchIn(folder: string): boolean {
    const below = this.below(folder);
    return below !== null && this.matcher.match(below, true);
  }

  private below(path: string): string | null {
    const prefix = this.base.endsWith(sep) ? this.base : this.base + sep;
    if (!path.startsWith(prefix)) return null;
    const below = path.slice(prefix.length);
    return windows ? below.replaceAll(sep, '/') : below;
  }
}
