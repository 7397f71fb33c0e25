import { PoolboardError } from '../../shared/errors.ts';

/** Primary result codes of SQLite, from https://sqlite.org/rescode.html. */
const sqlite = {
  error: 1,
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  tooBig: 18,
  notADatabase: 26,
} as const;

/** What a connection may answer whose file was moved, removed or put back. */
const detached: readonly (number | undefined)[] = [
  sqlite.readOnly,
  sqlite.ioError,
  sqlite.corrupt,
  sqlite.cannotOpen,
  sqlite.notADatabase,
];

/** The file that the log is shared by cannot grow: of all errors of input and output, that of a full disk. */
const noRoomToShare = 4874;

/**
 * What SQLite or the file system threw, as one sentence that names the file and what to do.
 * @param file the database's path.
 */
export function toStoreError(thrown: unknown, file: string): PoolboardError {
  if (thrown instanceof PoolboardError) return thrown;
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const isFull = extendedCode(thrown) === noRoomToShare;
  const [code, sentence] = explain(isFull ? sqlite.full : resultCode(thrown), file, said);
  return new PoolboardError(code, sentence, { cause: thrown });
}

/** True where a transaction failed because of what was in it, so that others may still succeed. */
export function isOwnFault(thrown: unknown): boolean {
  const code = resultCode(thrown);
  return !detached.includes(code) && code !== sqlite.full && code !== sqlite.busy;
}

/** True where the connection may be of no more use while another one to the same path is. */
export function isDetached(thrown: unknown): boolean {
  return detached.includes(resultCode(thrown)) || isMoved(thrown);
}

/** True where another program put the database in a new place and emptied this one: see `Place`. Nothing was written. */
export const isMoved = (thrown: unknown): boolean =>
  resultCode(thrown) === sqlite.error &&
  thrown instanceof Error &&
  thrown.message.startsWith('no such table');

/** True where another connection holds the database for the moment. */
export const isBusy = (thrown: unknown): boolean => resultCode(thrown) === sqlite.busy;

function explain(code: number | undefined, file: string, said: string): [code: string, sentence: string] {
  switch (code) {
    case sqlite.notADatabase:
      return [
        'STORE_CORRUPT',
        `${file} is not a database of Poolboard. Move it away, or choose another data folder.`,
      ];
    case sqlite.corrupt:
      return ['STORE_CORRUPT', `${file} is damaged (${said}). Move it away, or put back a copy of it.`];
    case sqlite.full:
      return ['STORE_FULL', `The disk is full: ${file} cannot grow. Free some space.`];
    case sqlite.readOnly:
      return [
        'STORE_READ_ONLY',
        `${file} cannot be written. Change its permissions, or choose another data folder.`,
      ];
    case sqlite.cannotOpen:
      return [
        'STORE_CANNOT_OPEN',
        `${file} cannot be opened (${said}). Check the folder and its permissions.`,
      ];
    case sqlite.busy:
    case sqlite.locked:
      return ['STORE_BUSY', `${file} is held by another program. Close it, then try again.`];
    case sqlite.ioError:
      return ['STORE_IO', `${file} cannot be read or written (${said}). Check the disk.`];
    case sqlite.tooBig:
      return ['STORE_TOO_BIG', `A text is too big to be stored in ${file}: the limit is 1 GB.`];
    default:
      return ['STORE_FAILED', `${file}: ${said}`];
  }
}

/** The primary code, of which SQLite's extended codes are refinements in the upper bits. */
function resultCode(thrown: unknown): number | undefined {
  const code = extendedCode(thrown);
  return code === undefined ? undefined : code & 0xff;
}

function extendedCode(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('errcode' in thrown)) return undefined;
  return typeof thrown.errcode === 'number' ? thrown.errcode : undefined;
}
