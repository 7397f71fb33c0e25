import { fileURLToPath } from 'node:url';
import type { ErrorPlace } from '../../shared/errors.ts';

const frame = /^ {4}at (?:.*? \()?((?:file:|\/|[A-Za-z]:\\|\\\\).*?):(\d+):(\d+)\)?$/;
const header = /^((?:file:|\/|[A-Za-z]:\\|\\\\).*):(\d+)$/;

/** The first place in a stack that lies in one of these files. */
export function placeInStack(stack: string, isWanted: (file: string) => boolean): ErrorPlace | undefined {
  for (const line of stack.split('\n')) {
    const [, location, lineNumber, column] = frame.exec(line) ?? [];
    const file = location && toPath(location);
    if (file && isWanted(file)) return { file, line: Number(lineNumber), column: Number(column) };
  }
  return undefined;
}

/**
 * The place that Node writes in front of the stack of a syntax error, with the line of source and carets under the
 * wrong part. Undefined where the stack begins otherwise.
 */
export function placeBeforeStack(stack: string): ErrorPlace | undefined {
  const lines = stack.split('\n', 4);
  const [, location, lineNumber] = header.exec(lines[0] ?? '') ?? [];
  const file = location && toPath(location);
  if (!file) return undefined;
  const carets = /^(\s*)\^+\s*$/.exec(lines[2] ?? '');
  const column = carets ? carets[1]!.length + 1 : undefined;
  return { file, line: Number(lineNumber), column };
}

function toPath(location: string): string | undefined {
  if (!location.startsWith('file:')) return location;
  try {
    return fileURLToPath(location.replace(/[?#].*$/, ''));
  } catch {
    return undefined;
  }
}
