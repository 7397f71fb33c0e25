import type { BatchOptions } from '../../shared/batch.ts';
import { useHost } from '../state/host.ts';
import { bytes } from '../words/numbers.ts';
import { haltWords, retryOnWords, secondsOf } from '../words/option-words.ts';
import { t } from '../words/t.ts';
import { Line } from './details-line.tsx';

/** How a batch was to be run: the common options always, the others where they were set. */
export function DetailsOptions({ options }: { options: BatchOptions }) {
  const poolSize = useHost((state) => state.pool?.size ?? 0);
  const { workers, concurrency, chunkSize, retries, retryOn, retryDelayMs, halt, hangMs } = options;
  const { maxTasksPerWorker, maxWorkerMemoryBytes, heapMb, maxLoad, minFreeMemoryBytes, batteryWorkers } =
    options;
  return (
    <>
      <Line name={t('options.workers')}>{workers ?? t('details.pool-size', { count: poolSize })}</Line>
      {batteryWorkers !== undefined && <Line name={t('options.battery')}>{batteryWorkers}</Line>}
      <Line name={t('options.concurrency')}>{concurrency ?? t('details.by-task')}</Line>
      <Line name={t('options.chunk')}>{chunkSize === 'auto' ? t('details.by-time') : chunkSize}</Line>
      <Line name={t('details.timeout')}>{timeoutWords(options)}</Line>
      <Line name={t('details.hang')}>{hangMs === 0 ? t('details.never') : secondsOf(hangMs)}</Line>
      <Line name={t('options.retries')}>
        {retries === 0
          ? t('details.none')
          : t('details.retries', {
              count: retries,
              outcomes: retryOnWords(retryOn),
              seconds: String(retryDelayMs / 1000),
            })}
      </Line>
      <Line name={t('options.halt')}>
        {halt ? `${haltWords(halt)}; ${t(`details.halt.${halt.when}`)}` : t('details.never')}
      </Line>
      <Line name={t('options.recycle')}>
        {maxTasksPerWorker === undefined
          ? t('details.never')
          : t('details.tasks', { count: maxTasksPerWorker })}
      </Line>
      {maxWorkerMemoryBytes !== undefined && (
        <Line name={t('details.memory')}>{bytes(maxWorkerMemoryBytes)}</Line>
      )}
      {heapMb !== undefined && <Line name={t('details.heap')}>{bytes(heapMb * 1_000_000)}</Line>}
      {maxLoad !== undefined && <Line name={t('options.load')}>{maxLoad}</Line>}
      {options.queued && <Line name={t('queue.start')}>{t('queue.after')}</Line>}
      {minFreeMemoryBytes !== undefined && (
        <Line name={t('details.free-memory')}>{bytes(minFreeMemoryBytes)}</Line>
      )}
    </>
  );
}

function timeoutWords({ timeoutMs, timeoutPercent }: BatchOptions): string {
  const both = [
    timeoutMs === undefined ? null : secondsOf(timeoutMs),
    timeoutPercent === undefined ? null : t('details.percent', { percent: String(timeoutPercent) }),
  ].filter((each) => each !== null);
  return both.length === 0 ? t('details.none') : both.join(', ');
}
