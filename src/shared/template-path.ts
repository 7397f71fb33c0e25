/**
 * The parts of a path that replacement strings name, as GNU parallel takes them: `.` without the extension, `/` the
 * last part, `//` the folder, `/.` the last part without its extension. A name that begins with its only dot is all
 * extension there, so `.bashrc` without it is empty.
 */
export const pathParts = ['.', '/', '//', '/.'] as const;
export type PathPart = (typeof pathParts)[number];

/** @param windows whether a backslash separates folders too. */
export function partOfPath(path: string, part: PathPart, windows = false): string {
  switch (part) {
    case '.':
      return withoutExtension(path, windows);
    case '/':
      return lastPart(path, windows);
    case '//':
      return folder(path, windows);
    case '/.':
      return withoutExtension(lastPart(path, windows), windows);
  }
}

const lastSeparator = (path: string, windows: boolean): number =>
  windows ? Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) : path.lastIndexOf('/');

function withoutExtension(path: string, windows: boolean): string {
  const dot = path.lastIndexOf('.');
  return dot > lastSeparator(path, windows) ? path.slice(0, dot) : path;
}

const lastPart = (path: string, windows: boolean): string => path.slice(lastSeparator(path, windows) + 1);

function folder(path: string, windows: boolean): string {
  const isSeparator = (at: number) => path[at] === '/' || (windows && path[at] === '\\');
  const beforeSeparators = (end: number): number => {
    let at = end;
    while (at > 0 && isSeparator(at - 1)) at -= 1;
    return at;
  };
  let end = beforeSeparators(path.length);
  if (end === 0) return path === '' ? '.' : path.slice(0, 1);
  while (end > 0 && !isSeparator(end - 1)) end -= 1;
  if (end === 0) return '.';
  const parent = beforeSeparators(end);
  // Only separators stand before: the root, of which one is enough.
  return parent === 0 ? path.slice(0, 1) : path.slice(0, parent);
}
