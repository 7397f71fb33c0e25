import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import {
  type BatchOptions,
  type HaltRule,
  maxWorkers,
  type RetriedOutcome,
  retriedOutcomes,
} from '../shared/batch.ts';
import { parseHalt } from './halt.ts';
import { size } from './size.ts';
import { usageError } from './usage-error.ts';
import { chunkSize, load, seconds, someOf, type Timeout, timeout, wholeNumber } from './values.ts';

/** The options of `run` that say how; as typed. Times are milliseconds, sizes bytes. */
export interface PoolOptions {
  workers?: number;
  concurrency?: number;
  chunkSize?: number | 'auto';
  maxTasksPerWorker?: number;
  maxMemoryPerWorker?: number;
  heapLimit?: number;
  timeout?: Timeout;
  hangTimeout?: number;
  retries?: number;
  retryOn?: RetriedOutcome[];
  retryDelay?: number;
  halt?: HaltRule | 'never';
  load?: number;
  memfree?: number;
  batteryWorkers?: number;
}

/** Declares the options of {@link PoolOptions}, in three groups. */
export function declarePoolOptions(command: Command): void {
  const option = <T>(flags: string, description: string, parser: (text: string, former?: T) => T) =>
    command.addOption(new Option(flags, description).argParser(parser));

  command.optionsGroup('Pool:');
  option('--workers <N>', 'worker processes (default: one a core)', wholeNumber('--workers', 1, maxWorkers));
  option(
    '--concurrency <N>',
    'tasks that a worker runs at once (default: as the task says, else 1)',
    wholeNumber('--concurrency', 1, 1024),
  );
  option(
    '--chunk-size <N|auto>',
    'tasks sent to a worker in one message; auto goes by their time (default: auto)',
    chunkSize,
  );
  option(
    '--max-tasks-per-worker <N>',
    'replace a worker after this many tasks (default: never)',
    wholeNumber('--max-tasks-per-worker', 1),
  );
  option(
    '--max-memory-per-worker <SIZE>',
    'replace a worker that uses more than this, once what it runs has ended (default: never)',
    size('--max-memory-per-worker', 1_000_000),
  );
  option(
    '--heap-limit <SIZE>',
    "a task that needs more heap than this crashes (default: the runtime's limit)",
    size('--heap-limit', 16_000_000, 1e12),
  );

  command.optionsGroup('Failures:');
  option(
    '--timeout <S|N%>',
    'end an attempt this many seconds after its start, or at this share of the median (default: never)',
    timeout,
  );
  option(
    '--hang-timeout <S>',
    'end an attempt whose worker gives no sign of life for this many seconds; 0: never (default: 600)',
    seconds('--hang-timeout', { min: 0 }),
  );
  option(
    '--retries <N>',
    'further attempts for a task that does not succeed (default: 0)',
    wholeNumber('--retries', 0, 100),
  );
  option(
    '--retry-on <OUTCOMES>',
    'what is tried again: any of error,timeout,crash (default: all three)',
    someOf('--retry-on', retriedOutcomes),
  );
  option(
    '--retry-delay <S>',
    'seconds before the second attempt; twice as long before each further one (default: 1)',
    seconds('--retry-delay', { min: 0, max: 3600 }),
  );
  option('--halt <WHEN>', 'stop early: now|soon,fail|success|done=N|N% (default: never)', parseHalt);

  command.optionsGroup('Machine:');
  option(
    '--load <N|N%>',
    'start no task while the load average is above N, or N% of the cores (default: no limit)',
    load(availableParallelism()),
  );
  option(
    '--memfree <SIZE>',
    'start no task while less memory than this is available (default: no limit)',
    size('--memfree', 1),
  );
  option(
    '--battery-workers <N>',
    'use no more workers than this while on battery (default: as otherwise)',
    wholeNumber('--battery-workers', 1, maxWorkers),
  );
}

/** Only what was given: the defaults are the engine's. */
export function batchOptions(options: PoolOptions): Partial<BatchOptions> {
  const { retries, retryOn, retryDelay, halt, heapLimit } = options;
  if (retries === undefined && (retryOn !== undefined || retryDelay !== undefined)) {
    const flag = retryOn === undefined ? '--retry-delay' : '--retry-on';
    throw usageError(`${flag} goes with --retries N, which says how often a task is tried again.`);
  }
  const all: Partial<BatchOptions> = {
    workers: options.workers,
    concurrency: options.concurrency,
    chunkSize: options.chunkSize,
    maxTasksPerWorker: options.maxTasksPerWorker,
    maxWorkerMemoryBytes: options.maxMemoryPerWorker,
    heapMb: heapLimit === undefined ? undefined : Math.floor(heapLimit / 1_000_000),
    ...options.timeout,
    hangMs: options.hangTimeout,
    retries,
    retryOn,
    retryDelayMs: retryDelay,
    halt: halt === 'never' ? undefined : halt,
    maxLoad: options.load,
    minFreeMemoryBytes: options.memfree,
    batteryWorkers: options.batteryWorkers,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
