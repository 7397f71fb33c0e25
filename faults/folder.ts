import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BatchSpecInput } from '../src/shared/batch.ts';
import type { Behaviour } from './behaviours.ts';
import type { Schedule } from './schedule.ts';

/** The folder of a run: everything that it makes is in here. */
export interface RunFolder {
  path: string;
  dataDir: string;
  /** Temporary files of the host and of all that it starts; the host's working folder; the task file's. */
  tmp: string;
  cwd: string;
  task: string;
  /** A file for each task: a byte for each time that it was executed. */
  tries: string;
  /** Input files of built-in tasks, and what they write. */
  files: string;
  out: string;
}

/** Makes the folder of a run, with the schedule's plan and task files in it. */
export function makeFolder({ seed, behaviours }: Schedule): RunFolder {
  const path = mkdtempSync(join(tmpdir(), `poolboard-faults-${seed}-`));
  const inside = (name: string) => {
    mkdirSync(join(path, name));
    return join(path, name);
  };
  const folder: RunFolder = {
    path,
    dataDir: inside('data'),
    tmp: inside('tmp'),
    cwd: inside('cwd'),
    task: inside('task'),
    tries: inside('tries'),
    files: inside('files'),
    out: inside('out'),
  };
  for (const name of ['task.js', 'task.py', 'task.sh']) {
    copyFileSync(new URL(`tasks/${name}`, import.meta.url), join(folder.task, name));
  }
  writeFileSync(join(path, 'plan.json'), JSON.stringify(behaviours));
  writeFileSync(join(path, 'plan.txt'), `${behaviours.join('\n')}\n`);
  return folder;
}

/** The batch of a schedule. */
export function specOf(schedule: Schedule, folder: RunFolder): BatchSpecInput {
  const { kind, builtin, options } = schedule;
  const inputs = inputsOf(schedule, folder);
  if (kind === 'module') return { definition: { kind, file: join(folder.task, 'task.js') }, inputs, options };
  if (kind === 'python') return { definition: { kind, file: join(folder.task, 'task.py') }, inputs, options };
  if (kind === 'command') {
    const index = schedule.inputs === 'range' ? '{}' : '{i}';
    const template = `sh ${join(folder.task, 'task.sh')} ${index}`;
    return { definition: { kind, template }, inputs, options };
  }
  const params: BatchSpecInput['params'] =
    builtin === 'gzip' ? { out: folder.out, ifExists: 'overwrite' } : {};
  return { definition: { kind, name: builtin }, params, inputs, options };
}

function inputsOf(schedule: Schedule, folder: RunFolder): BatchSpecInput['inputs'] {
  const { kind, behaviours, inputs } = schedule;
  if (kind === 'builtin') {
    const values = behaviours.map((behaviour, i) => builtinInput(schedule, folder, behaviour, i));
    return { kind: 'list', values };
  }
  if (inputs === 'range') return { kind: 'range', from: 0, to: behaviours.length };
  const values = behaviours.map((_, i) => ({ i }));
  if (inputs === 'list') return { kind: 'list', values };
  const file = join(folder.files, 'inputs.jsonl');
  writeFileSync(file, values.map((value) => `${JSON.stringify(value)}\n`).join(''));
  return { kind: 'rows', file };
}

/** What a built-in task is given to do as the plan says. */
function builtinInput({ builtin }: Schedule, folder: RunFolder, behaviour: Behaviour, i: number) {
  const isSlow = behaviour === 'slow';
  if (builtin === 'primes') return behaviour === 'throws' ? 'no number' : isSlow ? 5_000_000 + i : 1000 + i;
  if (builtin === 'sleep')
    return behaviour === 'throws' ? -1 : behaviour === 'wait' ? 1000 : isSlow ? 0.03 : 0;
  const file = join(folder.files, `file-${i}`);
  if (behaviour !== 'throws') writeFileSync(file, randomBytes(isSlow ? 2_000_000 : 20_000 + i));
  return file;
}
