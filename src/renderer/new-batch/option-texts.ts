import {
  type BatchOptions,
  type HaltRule,
  maxWorkers,
  type RetriedOutcome,
  retriedOutcomes,
} from '../../shared/batch.ts';
import { t } from '../words/t.ts';
import { type Read, wholeNumber } from './read.ts';

/** Options as numbers that are typed. Empty: the engine's own. */
export interface NumberTexts {
  workers: string;
  concurrency: string;
  chunkSize: string;
  timeout: string;
  hangSeconds: string;
  retries: string;
  retryDelaySeconds: string;
  maxTasksPerWorker: string;
  workerMemoryMb: string;
  heapMb: string;
  haltLimit: string;
  maxLoad: string;
  freeMemoryMb: string;
  batteryWorkers: string;
}

/** The options of a draft, as they were typed and chosen. */
export interface OptionTexts extends NumberTexts {
  timeoutUnit: 'seconds' | 'percent';
  retryOn: readonly RetriedOutcome[];
  haltOn: 'never' | HaltRule['on'];
  haltUnit: 'tasks' | 'percent';
  haltWhen: HaltRule['when'];
}

export const emptyOptions: OptionTexts = {
  workers: '',
  concurrency: '',
  chunkSize: '',
  timeout: '',
  timeoutUnit: 'seconds',
  hangSeconds: '',
  retries: '',
  retryOn: retriedOutcomes,
  retryDelaySeconds: '',
  maxTasksPerWorker: '',
  workerMemoryMb: '',
  heapMb: '',
  haltOn: 'never',
  haltLimit: '',
  haltUnit: 'tasks',
  haltWhen: 'soon',
  maxLoad: '',
  freeMemoryMb: '',
  batteryWorkers: '',
};

interface Bounds {
  low: number;
  high: number;
  whole: boolean;
}

const megabytes: Bounds = { low: 1, high: 1_000_000_000, whole: true };
const wholePercent: Bounds = { low: 1, high: 100, whole: false };

/** What each number may be: the same bounds as `batchOptionsSchema`. */
export const optionBounds: Record<keyof NumberTexts, Bounds> = {
  workers: { low: 1, high: maxWorkers, whole: true },
  concurrency: { low: 1, high: 1024, whole: true },
  chunkSize: { low: 1, high: 100_000, whole: true },
  timeout: { low: 0.001, high: 31_536_000, whole: false },
  hangSeconds: { low: 0, high: 31_536_000, whole: false },
  retries: { low: 0, high: 100, whole: true },
  retryDelaySeconds: { low: 0, high: 3600, whole: false },
  maxTasksPerWorker: { low: 1, high: 1_000_000_000, whole: true },
  workerMemoryMb: megabytes,
  heapMb: { low: 16, high: 1_000_000, whole: true },
  haltLimit: { low: 1, high: 1_000_000_000, whole: true },
  maxLoad: { low: 0.01, high: 100_000, whole: false },
  freeMemoryMb: megabytes,
  batteryWorkers: { low: 1, high: maxWorkers, whole: true },
};

const boundsOf = (name: keyof NumberTexts, { haltUnit }: OptionTexts): Bounds =>
  name === 'haltLimit' && haltUnit === 'percent' ? wholePercent : optionBounds[name];

/** The options that were set, and a sentence for each that cannot be read. */
export function readOptions(texts: OptionTexts): Read<Partial<BatchOptions>> {
  const problems: Record<string, string> = {};
  const read = (name: keyof NumberTexts, scale = 1): number | undefined => {
    const text = texts[name].trim();
    if (text === '') return undefined;
    const { low, high, whole } = boundsOf(name, texts);
    const value = whole ? wholeNumber(text) : Number(text);
    if (value !== null && value >= low && value <= high) return value * scale;
    problems[name] = t(whole ? 'field.between-whole' : 'field.between', {
      low: String(low),
      high: String(high),
    });
    return undefined;
  };
  const retries = read('retries');
  const all: Partial<BatchOptions> = {
    workers: read('workers'),
    concurrency: read('concurrency'),
    chunkSize: read('chunkSize'),
    timeoutMs: texts.timeoutUnit === 'seconds' ? read('timeout', 1000) : undefined,
    timeoutPercent: texts.timeoutUnit === 'percent' ? read('timeout') : undefined,
    hangMs: read('hangSeconds', 1000),
    retries,
    maxTasksPerWorker: read('maxTasksPerWorker'),
    maxWorkerMemoryBytes: read('workerMemoryMb', 1_000_000),
    heapMb: read('heapMb'),
    halt: haltOf(texts, () => read('haltLimit'), problems),
    maxLoad: read('maxLoad'),
    minFreeMemoryBytes: read('freeMemoryMb', 1_000_000),
    batteryWorkers: read('batteryWorkers'),
    ...(retries ? retrySettings(texts, read('retryDelaySeconds', 1000), problems) : {}),
  };
  const set = Object.entries(all).filter(([, value]) => value !== undefined);
  return { values: Object.fromEntries(set), problems };
}

/** What is tried again and when counts for nothing where nothing is. */
function retrySettings(
  { retryOn }: OptionTexts,
  retryDelayMs: number | undefined,
  problems: Record<string, string>,
): Partial<BatchOptions> {
  if (retryOn.length === 0) problems.retryOn = t('options.retry-on-none');
  const all = retriedOutcomes.every((outcome) => retryOn.includes(outcome));
  return { retryDelayMs, retryOn: all || retryOn.length === 0 ? undefined : [...retryOn] };
}

function haltOf(
  { haltOn, haltUnit, haltWhen, haltLimit }: OptionTexts,
  limit: () => number | undefined,
  problems: Record<string, string>,
): HaltRule | undefined {
  if (haltOn === 'never') return undefined;
  const value = limit();
  if (haltLimit.trim() === '') problems.haltLimit = t('field.required');
  if (value === undefined) return undefined;
  return {
    on: haltOn,
    when: haltWhen,
    limit: haltUnit === 'tasks' ? { unit: 'tasks', tasks: value } : { unit: 'percent', percent: value },
  };
}
