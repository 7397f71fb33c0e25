import { createHash } from 'node:crypto';
import type { FailedOutcome } from '../../shared/contract/errors.ts';
import type { ErrorInfo, ErrorPlace } from '../../shared/errors.ts';
import { firstOwnFrame } from './own-place.ts';

/** What the errors of one group have in common. */
export interface ErrorKind {
  outcome: FailedOutcome;
  name: string;
  code: string | null;
  shape: string;
  place: ErrorPlace | null;
}

/** Of a message, so much tells its kind. */
const shapeCharacters = 500;

/** The kind of an error: all that does not differ from task to task. */
export function kindOfError(error: ErrorInfo, outcome: FailedOutcome): ErrorKind {
  return {
    outcome,
    name: error.name,
    code: error.code ?? null,
    shape: fold(error.message),
    // How a worker was ended or how long was too long says nothing of a line.
    place: outcome === 'error' ? placeOf(error) : null,
  };
}

/** A short text that stands for a kind, the same in every batch. */
export function keyOfKind({ outcome, name, code, shape, place }: ErrorKind): string {
  const parts = [outcome, name, code, shape, place?.file, place?.line];
  return createHash('sha1').update(JSON.stringify(parts)).digest('base64url').slice(0, 12);
}

function placeOf(error: ErrorInfo): ErrorPlace | null {
  const { file, line } = error.place ?? firstOwnFrame(error.stack) ?? {};
  return file === undefined ? null : line === undefined ? { file } : { file, line };
}

/** A message with "…" for what differs from task to task: quoted texts, paths, addresses, ids; 0 for numbers. */
export function fold(message: string): string {
  const text = message.slice(0, shapeCharacters);
  return (
    text
      .replaceAll(quoted, '…')
      .replaceAll(addresses, '…')
      .replaceAll(paths, '…')
      .replaceAll(ids, (word) => (/\d/.test(word) ? '…' : word))
      .replaceAll(/\d+(?:[.,]\d+)*/g, '0')
      // Several in a row are as one: `…, …, …` of a list of any length.
      .replaceAll(/…(?:,? …)+/g, '…')
  );
}

/** An apostrophe inside a word (`can't`) quotes nothing. */
const quoted = /(?<!\w)'[^']*'(?!\w)|"[^"]*"|`[^`]*`|“[^”]*”|«[^»]*»/g;
const addresses = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>,)]+/gi;
const paths = /(?<![\w.])(?:[A-Za-z]:|\.{1,2})?[\\/](?![\s\\/])[^\s:,;)]+/g;
/** UUIDs, hashes, pointers, and long words of letters with digits among them. */
const ids = /\b(?:0x[0-9a-f]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8,}|\w{16,})\b/gi;
