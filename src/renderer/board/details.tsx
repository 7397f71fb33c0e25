import type { ReactNode } from 'react';
import type { BatchSummary } from '../../shared/batch.ts';
import type { TaskDefinition } from '../../shared/definition.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Moment } from '../parts/moment.tsx';
import { useHost } from '../state/host.ts';
import { type Key, t } from '../words/t.ts';
import { Inputs } from './details-inputs.tsx';
import { Line } from './details-line.tsx';
import './details.css';

/** What a batch was asked to do: its definition, inputs, parameters and options. */
export function Details({ batch }: { batch: BatchSummary }) {
  const { spec, warnings } = batch;
  const poolSize = useHost((state) => state.pool?.size);
  const params = Object.entries(spec.params);
  const { workers, concurrency, chunkSize, maxTasksPerWorker, timeoutMs, retries } = spec.options;
  return (
    <div className="details scrolls" tabIndex={-1}>
      {warnings.length > 0 && (
        <Part title={t('details.warnings', { count: warnings.length })}>
          <ul className="details-warnings">
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Part>
      )}
      <Part title={t('details.task')}>
        <Line name={t(`definition.${spec.definition.kind}`)}>
          <span className="mono">{subjectOf(spec.definition)}</span>
        </Line>
        {'function' in spec.definition && spec.definition.function && (
          <Line name={t('details.function')}>
            <span className="mono">{spec.definition.function}</span>
          </Line>
        )}
        {params.map(([name, value]) => (
          <Line key={name} name={name}>
            <span className="mono">{typeof value === 'string' ? value : JSON.stringify(value)}</span>
          </Line>
        ))}
      </Part>
      <Part title={t('details.inputs')}>
        <Inputs source={spec.inputs} />
      </Part>
      <Part title={t('details.options')}>
        <Line name={t('options.workers')}>{workers ?? t('details.pool-size', { count: poolSize ?? 0 })}</Line>
        <Line name={t('options.concurrency')}>{concurrency ?? t('details.by-task')}</Line>
        <Line name={t('options.chunk')}>{chunkSize === 'auto' ? t('details.by-time') : chunkSize}</Line>
        <Line name={t('details.timeout')}>
          {timeoutMs === undefined
            ? t('details.none')
            : t('details.seconds', { seconds: String(timeoutMs / 1000) })}
        </Line>
        <Line name={t('options.retries')}>{retries === 0 ? t('details.none') : retries}</Line>
        <Line name={t('options.recycle')}>{maxTasksPerWorker ?? t('details.never')}</Line>
      </Part>
      <Part title={t('details.batch')}>
        <Line name={t('details.id')}>{batch.id}</Line>
        <When name="details.created" at={batch.createdAt} />
        <When name="details.started" at={batch.startedAt} />
        <When name="details.ended" at={batch.endedAt} />
      </Part>
      <div className="details-copy">
        <CopyButton label={t('details.copy')} text={() => JSON.stringify(spec, null, 2)} />
        <span className="quiet">{t('details.copy')}</span>
      </div>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="details-part">
      <h2>{title}</h2>
      <div>{children}</div>
    </section>
  );
}

function When({
  name,
  at,
}: {
  name: Extract<Key, `details.${'created' | 'started' | 'ended'}`>;
  at: number | null;
}) {
  return at === null ? null : (
    <Line name={t(name)}>
      <Moment at={at} />
    </Line>
  );
}

function subjectOf(definition: TaskDefinition): string {
  switch (definition.kind) {
    case 'builtin':
      return definition.name;
    case 'command':
      return definition.template;
    default:
      return definition.file;
  }
}
