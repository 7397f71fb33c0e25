import type { ReactNode } from 'react';
import type { BatchSummary } from '../../shared/batch.ts';
import { Moment } from '../parts/moment.tsx';
import { subjectOf } from '../state/batch-search.ts';
import { bytes } from '../words/numbers.ts';
import { said } from '../words/said.ts';
import { type Key, t } from '../words/t.ts';
import { CopySpec } from './details-copy.tsx';
import { Inputs } from './details-inputs.tsx';
import { Line } from './details-line.tsx';
import { DetailsOptions } from './details-options.tsx';
import './details.css';

/** What a batch was asked to do: its definition, inputs, parameters and options. */
export function Details({ batch }: { batch: BatchSummary }) {
  const { spec, warnings } = batch;
  const params = Object.entries(spec.params);
  return (
    <div className="details scrolls" tabIndex={-1}>
      {warnings.length > 0 && (
        <Part title={t('details.warnings', { count: warnings.length })}>
          <ul className="details-warnings">
            {warnings.map((warning) => (
              <li key={warning}>{said(warning)}</li>
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
        <DetailsOptions options={spec.options} />
      </Part>
      <Part title={t('details.batch')}>
        <Line name={t('details.id')}>{batch.id}</Line>
        <When name="details.created" at={batch.createdAt} />
        <When name="details.started" at={batch.startedAt} />
        <When name="details.ended" at={batch.endedAt} />
        <Line name={t('details.size')}>{bytes(batch.bytes)}</Line>
      </Part>
      <CopySpec batch={batch} />
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
