import { type BatchOptions, type HaltRule, retriedOutcomes } from '../../shared/batch.ts';
import { bytes } from './numbers.ts';
import { perLanguage, t } from './t.ts';

const listOf = perLanguage((tag) => new Intl.ListFormat(tag, { type: 'disjunction' }));

/** When a batch stops early: "when 3 tasks have failed". */
export const haltWords = (rule: HaltRule): string => t('halt.when', { reason: haltReason(rule) });

/** What stops a batch early: "3 tasks have failed". */
export function haltReason({ on, limit }: HaltRule): string {
  const ended = t(`halt.${on}`);
  return limit.unit === 'tasks'
    ? t('halt.tasks', { count: limit.tasks, ended })
    : t('halt.percent', { percent: String(limit.percent), ended });
}

/** After which outcomes a task is tried again: "an error, a timeout, or a crash". */
export const retryOnWords = (retryOn: BatchOptions['retryOn']): string =>
  listOf().format(
    retriedOutcomes.filter((each) => retryOn.includes(each)).map((each) => t(`retry-on.${each}`)),
  );

/** A duration as an option is set: "2.5 s". */
export const secondsOf = (ms: number): string => t('details.seconds', { seconds: String(ms / 1000) });

/** The options that are set, in words, for the line that stands for the folded form. */
export function summaryOf(options: Partial<BatchOptions>, poolSize: number): string {
  const { workers = poolSize, concurrency, chunkSize, timeoutMs, timeoutPercent, retries = 0 } = options;
  const { retryOn, retryDelayMs, halt, hangMs, maxTasksPerWorker, maxWorkerMemoryBytes, heapMb } = options;
  const { maxLoad, minFreeMemoryBytes, batteryWorkers } = options;
  const unless = <Value>(value: Value | undefined, say: (value: Value) => string) =>
    value === undefined ? null : say(value);
  return [
    t('options.said.workers', { count: workers }),
    unless(batteryWorkers, (count) => t('options.said.battery', { count })),
    unless(concurrency, (count) => t('options.said.concurrency', { count })),
    typeof chunkSize === 'number' ? t('options.said.chunk', { count: chunkSize }) : null,
    unless(timeoutMs, (ms) => t('options.said.timeout', { seconds: String(ms / 1000) })),
    unless(timeoutPercent, (percent) => t('options.said.timeout-percent', { percent: String(percent) })),
    timeoutMs === undefined && timeoutPercent === undefined ? t('options.said.no-timeout') : null,
    unless(hangMs, (ms) =>
      ms === 0 ? t('options.said.no-hang') : t('options.said.hang', { seconds: String(ms / 1000) }),
    ),
    retries === 0 ? t('options.said.no-retries') : t('options.said.retries', { count: retries }),
    unless(retryOn, (outcomes) => t('options.said.retry-on', { outcomes: retryOnWords(outcomes) })),
    unless(retryDelayMs, (ms) => t('options.said.retry-delay', { seconds: String(ms / 1000) })),
    unless(halt, (rule) => t('options.said.halt', { rule: haltWords(rule) })),
    unless(maxTasksPerWorker, (count) => t('options.said.recycle', { count })),
    unless(maxWorkerMemoryBytes, (most) => t('options.said.memory', { size: bytes(most) })),
    unless(heapMb, (mb) => t('options.said.heap', { size: bytes(mb * 1_000_000) })),
    unless(maxLoad, (load) => t('options.said.load', { load: String(load) })),
    unless(minFreeMemoryBytes, (least) => t('options.said.free-memory', { size: bytes(least) })),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
