import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { HaltRule } from '../src/shared/batch.ts';
import type { AttemptOutcome, TaskState } from '../src/shared/task.ts';
import type { Behaviour } from './behaviours.ts';
import type { RunFolder } from './folder.ts';
import type { Schedule } from './schedule.ts';

/** How a task may end. */
export interface Expected {
  states: TaskState[];
  /** Outcomes of the last attempt of a task that failed. */
  failures: AttemptOutcome[];
}

/** How a task ends in a run that nobody disturbs, and how else it may in this one. */
export function expectedOf(schedule: Schedule, index: number): Expected {
  const { faults, options } = schedule;
  const expected = undisturbed(schedule, schedule.behaviours[index]!);
  for (const fault of faults) {
    if (fault.type === 'cancel-and-resume') expected.states.push('canceled');
    if (fault.type === 'cancel-task' && fault.index === index) expected.states.push('canceled');
    // Its last attempt may have been on the worker that was ended; there are retries enough for the others.
    if (fault.type === 'kill-worker') expected.failures.push('crash');
    if (fault.type === 'stop-worker') expected.failures.push('crash', 'timeout');
  }
  if (options.halt && canHalt(schedule, options.halt)) expected.states.push('skipped', 'canceled');
  return expected;
}

function undisturbed({ kind, options }: Schedule, behaviour: Behaviour): Expected {
  const isProgram = kind === 'module' || kind === 'python';
  const byLimit = options.timeoutMs === undefined ? 'crash' : 'timeout';
  const fails = (...failures: AttemptOutcome[]): Expected => ({ states: ['failed'], failures });
  switch (behaviour) {
    case 'throws':
    case 'unstorable':
      return fails('error');
    case 'exit':
    case 'segv':
      return fails('crash');
    case 'leak':
      // On a busy machine the memory may last for longer than the timeout does.
      return options.timeoutMs === undefined ? fails('crash') : fails('crash', 'timeout');
    case 'kill':
      return fails(isProgram ? 'crash' : 'error');
    case 'hang':
    case 'wait':
    case 'family':
    case 'freeze':
      return fails(byLimit);
    // Schedules with these have a retry for them.
    case 'throws-first':
    case 'kill-first':
    case 'hang-first':
    case 'value':
    case 'slow':
    case 'big':
    case 'prints':
    case 'grandchild':
      return { states: ['succeeded'], failures: [] };
  }
}

/** True where as many tasks can end in the way that the rule counts. */
function canHalt(schedule: Schedule, { on, limit }: HaltRule): boolean {
  const { behaviours } = schedule;
  const failing = behaviours.filter((each) => undisturbed(schedule, each).states[0] === 'failed').length;
  const most = on === 'done' ? behaviours.length : on === 'fail' ? failing : behaviours.length - failing;
  return most >= (limit.unit === 'tasks' ? limit.tasks : (limit.percent / 100) * behaviours.length);
}

/** True where so many tasks have ended in the way that the rule counts. */
export function isHalted(counts: Record<TaskState, number>, total: number, { on, limit }: HaltRule): boolean {
  const { succeeded, failed } = counts;
  const ended = on === 'done' ? succeeded + failed : on === 'fail' ? failed : succeeded;
  return ended >= (limit.unit === 'tasks' ? limit.tasks : (limit.percent / 100) * total);
}

/** What is wrong with the value of a task that succeeded; null where nothing is. */
export function wrongValue(
  schedule: Schedule,
  folder: RunFolder,
  index: number,
  text: string,
): string | null {
  const value = JSON.parse(text) as Record<string, unknown>;
  const wrong = (expected: unknown) =>
    `task ${index} gave ${text.slice(0, 200)} in place of ${JSON.stringify(expected)}`;
  const behaviour = schedule.behaviours[index]!;
  const { kind, builtin } = schedule;
  if (kind === 'command') {
    const { exitCode, stdout } = value as { exitCode: number; stdout: string };
    const line = `${behaviour === 'big' ? 'x'.repeat(200_000) : ''}${index * index}\n`;
    return exitCode === 0 && stdout === line ? null : wrong(line.slice(-20));
  }
  if (kind !== 'builtin') {
    const expected = { i: index, square: index * index };
    const { text: long, ...rest } = value;
    const isLong = behaviour !== 'big' || String(long) === 'x'.repeat(200_000);
    return isLong && JSON.stringify(rest) === JSON.stringify(expected) ? null : wrong(expected);
  }
  const file = join(folder.files, `file-${index}`);
  const isSlow = behaviour === 'slow';
  switch (builtin) {
    case 'primes': {
      const expected = primesBelow(isSlow ? 5_000_000 + index : 1000 + index);
      return Number(text) === expected ? null : wrong(expected);
    }
    case 'sleep':
      return Number(text) === (isSlow ? 0.03 : 0) ? null : wrong(isSlow ? 0.03 : 0);
    case 'hash': {
      const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
      return value.digest === digest ? null : wrong({ digest });
    }
    case 'gzip': {
      const output = gunzipSync(readFileSync(join(folder.out, `file-${index}.gz`)));
      return output.equals(readFileSync(file)) ? null : `the output of task ${index} is not its input`;
    }
  }
}

const sieves = new Map<number, number>();
function primesBelow(limit: number): number {
  const known = sieves.get(limit);
  if (known !== undefined) return known;
  const isComposite = new Uint8Array(limit);
  let count = 0;
  for (let i = 2; i < limit; i++) {
    if (isComposite[i]) continue;
    count += 1;
    for (let multiple = i * i; multiple < limit; multiple += i) isComposite[multiple] = 1;
  }
  sieves.set(limit, count);
  return count;
}
