import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * The files and folders named on the command line that started the app, absolute.
 * @param argv of the process: the program, then (unless packaged) the app, with Chromium's switches anywhere.
 */
export function pathsOfArgv(argv: readonly string[], cwd: string, isPackaged: boolean): string[] {
  const words = argv.slice(1).filter((word) => !word.startsWith('-'));
  return words
    .slice(isPackaged ? 0 : 1)
    .map((word) => resolve(cwd, word))
    .filter((path) => existsSync(path));
}
