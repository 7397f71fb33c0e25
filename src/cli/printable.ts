import { stripVTControlCharacters } from 'node:util';

/**
 * Text from outside (names, errors, output of tasks) as it may be put on a terminal: without sequences that
 * move the cursor or change the title. Line breaks stay.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[^\P{Cc}\n\t]/gu, '\uFFFD');
}

/** As {@link printable}, on one line of at most `length` characters. */
export function oneLine(text: string, length: number): string {
  const line = printable(text)
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('\t', ' ');
  const characters = [...line];
  return characters.length <= length ? line : `${characters.slice(0, Math.max(0, length - 1)).join('')}…`;
}
