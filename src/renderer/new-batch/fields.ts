import { type BatchOptions, maxWorkers } from '../../shared/batch.ts';
import type { ParamSchema, Params, ParamsSchema } from '../../shared/definition.ts';
import { t } from '../words/t.ts';
import { type OptionTexts, type ParamTexts, wholeNumber } from './draft.ts';

/** Values read from texts, and a sentence for each text that cannot be read, by its field's name. */
export interface Read<Values> {
  values: Values;
  problems: Record<string, string>;
}

/** The parameters that were set. Those left empty are left out, so that the definition's own defaults hold. */
export function readParams(schema: ParamsSchema, texts: ParamTexts): Read<Params> {
  const values: Params = {};
  const problems: Record<string, string> = {};
  for (const [name, field] of Object.entries(schema.properties)) {
    const text = texts[name];
    if (text === undefined || text === '') {
      if (schema.required?.includes(name) && field.default === undefined)
        problems[name] = t('field.required');
      continue;
    }
    const value = typeof text === 'boolean' ? text : readParam(field, text);
    if (value === undefined) problems[name] = problemOf(field);
    else values[name] = value;
  }
  return { values, problems };
}

function readParam(field: ParamSchema, text: string): string | number | boolean | undefined {
  if (field.enum) return field.enum.find((choice) => String(choice) === text);
  if (field.type === 'boolean') return text === 'true';
  if (field.type === 'string') return text;
  const value = field.type === 'integer' ? wholeNumber(text) : Number(text);
  if (value === null || !Number.isFinite(value)) return undefined;
  if (field.minimum !== undefined && value < field.minimum) return undefined;
  if (field.maximum !== undefined && value > field.maximum) return undefined;
  return value;
}

function problemOf({ type, minimum, maximum }: ParamSchema): string {
  if (minimum !== undefined && maximum !== undefined) {
    return t('field.between', { low: String(minimum), high: String(maximum) });
  }
  if (minimum !== undefined) return t('field.at-least', { low: String(minimum) });
  if (maximum !== undefined) return t('field.at-most', { high: String(maximum) });
  return t(type === 'integer' ? 'field.whole-number' : 'field.number');
}

type OptionName = keyof OptionTexts;

/** What each option may be: the same bounds as `batchOptionsSchema`. */
export const optionBounds: Record<OptionName, { low: number; high: number; whole: boolean }> = {
  workers: { low: 1, high: maxWorkers, whole: true },
  concurrency: { low: 1, high: 1024, whole: true },
  chunkSize: { low: 1, high: 100_000, whole: true },
  timeoutSeconds: { low: 0.001, high: 31_536_000, whole: false },
  retries: { low: 0, high: 100, whole: true },
  maxTasksPerWorker: { low: 1, high: 1_000_000_000, whole: true },
};

/** The options that were set. */
export function readOptions(texts: OptionTexts): Read<Partial<BatchOptions>> {
  const problems: Record<string, string> = {};
  const read = (name: OptionName): number | undefined => {
    const text = texts[name].trim();
    if (text === '') return undefined;
    const { low, high, whole } = optionBounds[name];
    const value = whole ? wholeNumber(text) : Number(text);
    if (value !== null && value >= low && value <= high) return value;
    problems[name] = t('field.between', { low: String(low), high: String(high) });
    return undefined;
  };
  const seconds = read('timeoutSeconds');
  const all = {
    workers: read('workers'),
    concurrency: read('concurrency'),
    chunkSize: read('chunkSize'),
    retries: read('retries'),
    maxTasksPerWorker: read('maxTasksPerWorker'),
    timeoutMs: seconds === undefined ? undefined : seconds * 1000,
  };
  const set = Object.entries(all).filter(([, value]) => value !== undefined);
  return { values: Object.fromEntries(set) as Partial<BatchOptions>, problems };
}

/** The options that are set, in words, for the line that stands for the folded form. */
export function summaryOf(options: Partial<BatchOptions>, poolSize: number): string {
  const { workers = poolSize, concurrency, chunkSize, timeoutMs, retries = 0, maxTasksPerWorker } = options;
  return [
    t('options.said.workers', { count: workers }),
    concurrency === undefined ? null : t('options.said.concurrency', { count: concurrency }),
    typeof chunkSize === 'number' ? t('options.said.chunk', { count: chunkSize }) : null,
    timeoutMs === undefined
      ? t('options.said.no-timeout')
      : t('options.said.timeout', { seconds: String(timeoutMs / 1000) }),
    retries === 0 ? t('options.said.no-retries') : t('options.said.retries', { count: retries }),
    maxTasksPerWorker === undefined ? null : t('options.said.recycle', { count: maxTasksPerWorker }),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
