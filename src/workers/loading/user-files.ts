import { fileURLToPath } from 'node:url';

/**
 * The files of the user that this process has loaded: task files, and what they import, without what is
 * installed in `node_modules`. Known as a graph of `file:` URLs, for several task files may share a helper.
 */
const imports = new Map<string, Set<string>>();

/** A task file, before it is imported. */
export function addRoot(url: string): void {
  if (!imports.has(url)) imports.set(url, new Set());
}

/** `parent`, a user file, imports `url`. */
export function addImport(parent: string, url: string): void {
  if (!url.startsWith('file:') || url.includes('/node_modules/')) return;
  imports.get(parent)?.add(url);
  addRoot(url);
}

export function isUserFile(url: string | undefined): url is string {
  return url !== undefined && imports.has(url);
}

/** All that `root` has loaded until now, itself included: `file:` URLs, in the order in which they were found. */
export function reachableFrom(root: string): string[] {
  const found = new Set([root]);
  for (const url of found) for (const child of imports.get(url) ?? []) found.add(child);
  return [...found];
}

/** The absolute path of a `file:` URL, without what stands behind a question mark. */
export function pathOf(url: string): string {
  return fileURLToPath(url.replace(/[?#].*$/, ''));
}
