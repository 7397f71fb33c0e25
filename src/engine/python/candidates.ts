import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A program that may be the interpreter for a task file. */
export interface Candidate {
  program: string;
  arguments: string[];
  /** For people: where it was found. */
  why: string;
  /** Nobody wants another one where this one does not work: a problem of it is an error. */
  isBinding: boolean;
  fix: string;
}

/** Where to look for the interpreter of a task file in `folder`, the most telling place first. */
export function candidates(folder: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Candidate[] {
  const found: Candidate[] = [];
  const project = findUp(folder, join('.venv', 'pyvenv.cfg'));
  if (project) {
    found.push({
      program: inEnvironment(join(project, '.venv'), platform),
      arguments: [],
      why: `the .venv of ${basename(project) || project}`,
      isBinding: true,
      fix: `Make the environment anew (${remedy(project)}), or choose an interpreter.`,
    });
    return found;
  }
  for (const name of ['VIRTUAL_ENV', 'CONDA_PREFIX']) {
    const environment = env[name];
    if (!environment) continue;
    const program =
      name === 'CONDA_PREFIX' && platform === 'win32'
        ? join(environment, 'python.exe')
        : inEnvironment(environment, platform);
    found.push(onPath(program, `the active environment (${name})`));
  }
  const unmade = findUp(folder, 'uv.lock') ? ', for there is a uv.lock but no .venv: `uv sync` makes it' : '';
  for (const name of ['python3', 'python']) found.push(onPath(name, `${name} of the PATH${unmade}`));
  if (platform === 'win32') {
    // Before the PATH's: there, Windows puts a python3 that only opens the Microsoft Store.
    found.splice(-2, 0, { ...onPath('py', 'the Python launcher for Windows'), arguments: ['-3'] });
  }
  return found;
}

function onPath(program: string, why: string): Candidate {
  return { program, arguments: [], why, isBinding: false, fix: '' };
}

function inEnvironment(environment: string, platform: NodeJS.Platform): string {
  return platform === 'win32'
    ? join(environment, 'Scripts', 'python.exe')
    : join(environment, 'bin', 'python');
}

/** The nearest folder, upwards, that holds this file. */
function findUp(folder: string, name: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, name))) return at;
    if (dirname(at) === at) return null;
  }
}

function remedy(project: string): string {
  return existsSync(join(project, 'uv.lock')) ? 'uv sync' : 'python3 -m venv --clear .venv';
}
