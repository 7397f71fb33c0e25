import { PoolboardError } from '../../shared/errors.ts';

/** What went wrong with a file, as a sentence; the code is the system's own. */
export function fileError(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (!code || error instanceof PoolboardError) return error;
  const words = reasons[code] ?? `the system says ${(error as Error).message}`;
  return new PoolboardError(code, `${path}: ${words}.`, { cause: error });
}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file; it was moved or deleted, or its name is wrong',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EACCES: 'you may not read it; change its permissions',
  EPERM: 'the system does not permit it',
  EISDIR: 'it is a folder, not a file',
  EBUSY: 'another program holds it; close that one',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open; use fewer tasks at once',
  EIO: 'the disk cannot read it',
  ENOSPC: 'the disk is full; make room or choose another folder',
  EROFS: 'the disk is read-only; choose another folder',
  ENAMETOOLONG: 'its name is too long',
};
