import type { BatchOptions, HaltRule } from '../src/shared/batch.ts';
import { type Behaviour, behavioursOf, mayShareWorker } from './behaviours.ts';
import { Random } from './random.ts';

/** What is done to a batch from outside, once that many results have been told, and a moment later. */
export type Fault = { after: number; momentMs: number } & (
  | { type: 'kill-worker'; signal: 'SIGKILL' | 'SIGSEGV'; nth: number }
  | { type: 'stop-worker'; nth: number }
  | { type: 'kill-host' }
  | { type: 'close-host' }
  | { type: 'rival-host' }
  | { type: 'pause' }
  | { type: 'cancel-task'; index: number }
  | { type: 'cancel-and-resume' }
  | { type: 'pool-size'; size: number }
  | { type: 'lock-database'; ms: number }
);
export type FaultType = Fault['type'];

export type TaskKind = 'module' | 'python' | 'command' | 'builtin';
export const builtins = ['primes', 'hash', 'gzip', 'sleep'] as const;

/** One run, as plain data that a seed decides. */
export interface Schedule {
  seed: number;
  kind: TaskKind;
  /** The built-in task, where `kind` says so. */
  builtin: (typeof builtins)[number];
  /** Where inputs come from: a list in the spec, a range, or a file of JSON lines. */
  inputs: 'list' | 'range' | 'rows';
  /** What each task does, by index. */
  behaviours: Behaviour[];
  poolSize: number;
  options: Partial<BatchOptions>;
  /** In the order in which they come. */
  faults: Fault[];
  /** At the end, all that did not succeed is tried again. */
  retries: boolean;
}

/** Workers that are ended from outside; each may end an attempt of any task. */
export const outsideCrashes = ({ faults }: Pick<Schedule, 'faults'>): number =>
  faults.filter(({ type }) => type === 'kill-worker' || type === 'stop-worker').length;

/** The schedule of a seed. */
export function makeSchedule(seed: number): Schedule {
  const random = new Random(seed);
  const kind = random.weighted<TaskKind>({ module: 45, python: 25, command: 15, builtin: 15 });
  const builtin = random.pick(builtins);
  const total = totalOf(random, kind);
  const behaviours = plan(random, kind, builtin, total);
  const faults = faultsOf(random, total, behaviours);
  const halt = random.chance(0.12) ? haltOf(random, total) : undefined;
  const poolSize = random.int(1, 3);
  return {
    seed,
    kind,
    builtin,
    inputs: kind === 'builtin' ? 'list' : random.pick(['list', 'range', 'rows']),
    behaviours,
    poolSize,
    options: optionsOf(random, { kind, behaviours, faults, poolSize, halt }),
    faults,
    retries: !halt && random.chance(0.15),
  };
}

function totalOf(random: Random, kind: TaskKind): number {
  const size = random.weighted({ few: 6, some: 3, many: 1 });
  if (size === 'few' || kind === 'builtin') return random.int(3, 50);
  if (size === 'some' || kind === 'command') return random.int(50, kind === 'command' ? 120 : 500);
  return random.int(1500, 4000);
}

function plan(random: Random, kind: TaskKind, builtin: string, total: number): Behaviour[] {
  const shareOfSlow = total > 600 ? 0.01 : random.pick([0, 0.3, 0.9]);
  const plain = () => (random.chance(shareOfSlow) ? 'slow' : 'value') satisfies Behaviour;
  const behaviours: Behaviour[] = Array.from({ length: total }, plain);
  const { quick, long } = behavioursOf(kind, builtin);
  for (let i = random.int(0, 4); i > 0 && quick.length > 0; i--) {
    const behaviour = random.pick(quick);
    // To fill the memory takes its time.
    const most = behaviour === 'leak' ? 1 : 3;
    for (let j = random.int(1, most); j > 0; j--) behaviours[random.int(0, total - 1)] = behaviour;
  }
  // Each of these costs a timeout and the patience before the kill.
  if (long.length > 0 && random.chance(0.3)) behaviours[random.int(0, total - 1)] = random.pick(long);
  return behaviours;
}

function faultsOf(random: Random, total: number, behaviours: Behaviour[]): Fault[] {
  const faults: Fault[] = [];
  // A task that has killed three workers is not tried again: those killed from outside must not make it three.
  const maxCrashes = behaviours.includes('kill-first') ? 1 : 2;
  for (let i = random.int(0, 4); i > 0; i--) {
    const after = random.int(0, Math.floor(total * 0.9));
    const fault = faultOf(random, total, after);
    faults.push(fault);
    if (outsideCrashes({ faults }) > maxCrashes) faults.pop();
  }
  return faults.sort((a, b) => a.after - b.after);
}

function faultOf(random: Random, total: number, after: number): Fault {
  const type = random.weighted<FaultType>({
    'kill-worker': 30,
    'kill-host': 26,
    'close-host': 8,
    'rival-host': 4,
    'stop-worker': 6,
    pause: 9,
    'cancel-task': 10,
    'cancel-and-resume': 5,
    'pool-size': 8,
    'lock-database': 6,
  });
  const nth = random.int(0, 2);
  const when = { after, momentMs: random.chance(0.5) ? 0 : random.int(1, 30) };
  switch (type) {
    case 'kill-worker':
      return { ...when, type, signal: random.pick(['SIGKILL', 'SIGSEGV']), nth };
    case 'stop-worker':
      return { ...when, type, nth };
    case 'cancel-task':
      return { ...when, type, index: random.int(0, total - 1) };
    case 'pool-size':
      return { ...when, type, size: random.int(1, 4) };
    case 'lock-database':
      return { ...when, type, ms: random.int(50, 1500) };
    default:
      return { ...when, type };
  }
}

function haltOf(random: Random, total: number): HaltRule {
  const limit = random.chance(0.7)
    ? ({ unit: 'tasks', tasks: random.int(1, Math.max(1, Math.floor(total / 2))) } as const)
    : ({ unit: 'percent', percent: random.int(1, 100) } as const);
  return { when: random.pick(['now', 'soon']), on: random.pick(['fail', 'success', 'done']), limit };
}

interface Chosen extends Pick<Schedule, 'kind' | 'behaviours' | 'faults' | 'poolSize'> {
  halt: HaltRule | undefined;
}

function optionsOf(random: Random, chosen: Chosen): Partial<BatchOptions> {
  const { kind, behaviours, faults, poolSize, halt } = chosen;
  const has = (...those: Behaviour[]) => behaviours.some((behaviour) => those.includes(behaviour));
  const { long } = behavioursOf(kind, 'sleep');
  const hangs = has(...long);
  const stops = faults.some(({ type }) => type === 'stop-worker');
  const options: Partial<BatchOptions> = {
    chunkSize: random.pick(['auto', 'auto', 'auto', 1, 2, 7, 50]),
    retryDelayMs: random.pick([0, 5, 50, 200]),
  };
  const needed = outsideCrashes({ faults }) + (has('throws-first', 'kill-first', 'hang-first') ? 1 : 0);
  options.retries = needed + (hangs ? 0 : random.int(0, 2));
  if (needed === 0 && random.chance(0.3)) {
    options.retryOn = random.pick([['error'], ['crash'], ['timeout', 'crash'], ['error', 'timeout']]);
  }
  // Only a process that does nothing at all is taken to hang; one that counts for ever is not.
  const isSilent = !hangs || has('freeze');
  if (hangs || stops) {
    if (isSilent && random.chance(0.5)) options.hangMs = 3500;
    else options.timeoutMs = 2000;
  }
  // One that is stopped while it loads runs nothing, and nothing takes too long.
  if (stops) options.hangMs ??= 8000;
  if (has('leak')) options.heapMb = 64;
  if (random.chance(0.3)) options.workers = random.int(1, poolSize);
  // At most twenty replacements or so: each process takes its time to start.
  const fewest = Math.ceil(behaviours.length / 20);
  if (random.chance(0.2)) options.maxTasksPerWorker = random.int(fewest, fewest + 30);
  if (kind !== 'command' && mayShareWorker(behaviours) && random.chance(0.25))
    options.concurrency = random.int(2, 4);
  // Of a median of microseconds: hours all the same.
  if (random.chance(0.1)) options.timeoutPercent = 1e12;
  if (halt) options.halt = halt;
  return options;
}
