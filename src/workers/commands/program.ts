import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { PoolboardError } from '../../shared/errors.ts';

/** What shells do themselves, so that no program of the name is found, and people wonder. */
const shellOnly = new Set(
  'alias bg cd declare eval exec export fg for function if jobs local read return set shift shopt source trap type ulimit umask unset until wait while'.split(
    ' ',
  ),
);

/**
 * The absolute path of a program, as a shell finds it: by its path where the name has a folder in it, else on `PATH`.
 * @throws PoolboardError PROGRAM_MISSING or PROGRAM_NOT_EXECUTABLE.
 */
export function findProgram(name: string, env: NodeJS.ProcessEnv, cwd: string): string {
  const hasFolder = /[/\\]/.test(name) && (name.includes('/') || process.platform === 'win32');
  const places = hasFolder ? [resolve(cwd, name)] : onPath(name, env, cwd);
  const candidates = places.flatMap((place) => extensions(place, env).map((extension) => place + extension));
  const found = candidates.find(isExecutable);
  if (found !== undefined) return found;
  const there = candidates.find(isFile);
  if (there !== undefined) {
    const fix = process.platform === 'win32' ? '' : `: run chmod +x ${there}`;
    throw new PoolboardError('PROGRAM_NOT_EXECUTABLE', `${there} is not executable${fix}.`);
  }
  throw new PoolboardError('PROGRAM_MISSING', whyMissing(name, hasFolder, places[0]));
}

function whyMissing(name: string, hasFolder: boolean, place: string | undefined): string {
  if (shellOnly.has(name)) return `"${name}" is a word of the shell, not a program: turn the shell on.`;
  if (hasFolder) return `There is no program ${place}.`;
  return `There is no program "${name}" on the PATH: install it, or give its full path.`;
}

function onPath(name: string, env: NodeJS.ProcessEnv, cwd: string): string[] {
  const path = env.PATH ?? env.Path ?? '/usr/local/bin:/usr/bin:/bin';
  return path
    .split(delimiter)
    .map((folder) => join(isAbsolute(folder) ? folder : resolve(cwd, folder), name));
}

function extensions(place: string, env: NodeJS.ProcessEnv): string[] {
  if (process.platform !== 'win32') return [''];
  const known = (env.PATHEXT ?? '.COM;.EXE;.BAT;.CMD').toLowerCase().split(';');
  return known.some((extension) => place.toLowerCase().endsWith(extension)) ? [''] : known;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return isFile(path);
  } catch {
    return false;
  }
}
