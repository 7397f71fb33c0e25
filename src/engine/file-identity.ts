import { statSync } from 'node:fs';

/**
 * The device and the number of a file: where two paths have the same, they lead to the same file. Null where there
 * is none; throws where that cannot be told.
 */
export function fileIdentity(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : null;
}
