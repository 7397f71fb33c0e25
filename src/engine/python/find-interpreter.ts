import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { InterpreterDescription } from '../../shared/definition.ts';
import { PoolboardError } from '../../shared/errors.ts';
import { type Candidate, candidates } from './candidates.ts';

/** Its path is that of the program itself, not of a shim in front of it. */
export type Interpreter = InterpreterDescription;

export interface FindOptions {
  env?: NodeJS.ProcessEnv;
  platform?: NodeJS.Platform;
}

/** The oldest minor version of Python 3 that workers run on. */
const oldestMinor = 9;
const answerMs = 20_000;

/**
 * The interpreter for a task file: the chosen one; else its project's `.venv`; else the active environment
 * (`VIRTUAL_ENV`, `CONDA_PREFIX`); else `python3` or `python` of the PATH, or `py -3` on Windows. Each is
 * asked for its version once in the life of this process.
 * @param taskFile absolute path. @param chosen path or name of a program.
 * @throws PoolboardError NO_PYTHON with what to do.
 */
export async function findInterpreter(
  taskFile: string,
  chosen?: string,
  { env = process.env, platform = process.platform }: FindOptions = {},
): Promise<Interpreter> {
  const folder = dirname(taskFile);
  const passedOver: string[] = [];
  for (const candidate of chosen ? [choice(chosen)] : candidates(folder, env, platform)) {
    const answer = await ask(candidate, folder, env);
    if ('version' in answer && isNewEnough(answer.version)) {
      const note = passedOver.length > 0 ? `; ${passedOver.join('; ')}` : '';
      return { ...answer, why: candidate.why + note };
    }
    const name = [candidate.program, ...candidate.arguments].join(' ');
    const problem =
      'version' in answer ? `is Python ${answer.version}, older than 3.${oldestMinor}` : answer.problem;
    if (candidate.isBinding)
      throw noPython(`${upperFirst(candidate.why)}, ${name}, ${problem}.`, candidate.fix);
    if (answer !== missing || isAbsolute(candidate.program)) passedOver.push(`${name} ${problem}`);
  }
  const found = passedOver.length > 0 ? ` (${passedOver.join('; ')})` : '';
  throw noPython(
    `No Python 3.${oldestMinor} or newer was found${found}.`,
    platform === 'win32'
      ? 'Install it from python.org or the Microsoft Store, or choose an interpreter.'
      : 'Install python3, or choose an interpreter.',
  );
}

function noPython(problem: string, fix: string): PoolboardError {
  return new PoolboardError('NO_PYTHON', `${problem} ${fix}`);
}

function choice(chosen: string): Candidate {
  const isPath = isAbsolute(chosen) || /[\\/]/.test(chosen);
  return {
    program: isPath ? resolve(chosen) : chosen,
    arguments: [],
    why: 'the chosen interpreter',
    isBinding: true,
    fix: 'Choose another, or none to have one found.',
  };
}

type Answer = { path: string; version: string } | { problem: string };

const missing: Answer = { problem: 'does not exist' };
const answers = new Map<string, Promise<Answer>>();

/** From the task file's folder, for shims (pyenv, asdf) answer by the folder that they are called in. */
function ask(candidate: Candidate, folder: string, env: NodeJS.ProcessEnv): Promise<Answer> {
  const key = JSON.stringify([candidate.program, candidate.arguments, folder, env.PATH]);
  let answer = answers.get(key);
  if (!answer) {
    answer = run(candidate, folder, env);
    answers.set(key, answer);
    // What could not be started may be installed by the time of the next try.
    void answer.then((settled) => 'problem' in settled && answers.delete(key));
  }
  return answer;
}

const question = 'import sys; print(sys.executable); print("%d.%d.%d" % sys.version_info[:3])';

function run(candidate: Candidate, folder: string, env: NodeJS.ProcessEnv): Promise<Answer> {
  const options = {
    env,
    timeout: answerMs,
    windowsHide: true,
    ...(existsSync(folder) ? { cwd: folder } : {}),
  };
  return new Promise((done) => {
    execFile(
      candidate.program,
      [...candidate.arguments, '-c', question],
      options,
      (error, stdout, stderr) => {
        const [path = '', version = ''] = stdout.trim().split(/\r?\n/);
        if (!error && /^\d+\.\d+\.\d+$/.test(version)) {
          done({ path: path || candidate.program, version });
        } else if (error?.code === 'ENOENT') {
          done(missing);
        } else {
          const said = stderr.trim().split('\n', 1)[0];
          done({ problem: `cannot be started${said ? ` (${said})` : error ? ` (${reason(error)})` : ''}` });
        }
      },
    );
  });
}

function reason(error: Error & { code?: unknown; killed?: boolean }): string {
  if (error.killed) return `no answer in ${answerMs / 1000} s`;
  return error.code === 'EACCES' ? 'permission denied' : `exit status ${String(error.code)}`;
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 3 && minor >= oldestMinor;
}

const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
