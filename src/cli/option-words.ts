import { isDeepStrictEqual } from 'node:util';
import { type BatchOptions, batchOptionsSchema } from '../shared/batch.ts';
import { haltText } from './halt.ts';
import { sizeText } from './size.ts';

type Words = {
  [Key in Exclude<keyof BatchOptions, 'queued'>]-?: [
    flag: string,
    text: (value: NonNullable<BatchOptions[Key]>) => string,
  ];
};

const seconds = (ms: number) => String(ms / 1000);

/**
 * How each option of a batch is called on the command line, and its value as one types it. Only the window queues
 * batches, and a state says that.
 */
const words: Words = {
  workers: ['workers', String],
  concurrency: ['concurrency', String],
  chunkSize: ['chunk-size', String],
  maxTasksPerWorker: ['max-tasks-per-worker', String],
  maxWorkerMemoryBytes: ['max-memory-per-worker', sizeText],
  heapMb: ['heap-limit', (megabytes) => sizeText(megabytes * 1_000_000)],
  timeoutMs: ['timeout', seconds],
  timeoutPercent: ['timeout', (percent) => `${percent}%`],
  hangMs: ['hang-timeout', seconds],
  retries: ['retries', String],
  retryOn: ['retry-on', (outcomes) => outcomes.join(',')],
  retryDelayMs: ['retry-delay', seconds],
  halt: ['halt', haltText],
  maxLoad: ['load', String],
  minFreeMemoryBytes: ['memfree', sizeText],
  batteryWorkers: ['battery-workers', String],
};

const defaults: Record<string, unknown> = batchOptionsSchema.parse({});

/** Options that are not at their defaults, in the words of the command line: `timeout=1.5`, `halt=now,fail=1`. */
export function optionWords(options: Partial<BatchOptions>): string[] {
  return Object.entries(options).flatMap(([key, value]) => {
    const word = (words as Partial<Record<string, [string, (value: unknown) => string]>>)[key];
    if (!word || value === undefined || isDeepStrictEqual(value, defaults[key])) return [];
    const [flag, text] = word;
    return [`${flag}=${text(value)}`];
  });
}
