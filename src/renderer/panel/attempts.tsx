import { Fragment } from 'react';
import type { ErrorInfo } from '../../shared/errors.ts';
import type { TaskState } from '../../shared/task.ts';
import type { Attempt, TaskDetail } from '../../shared/views.ts';
import { howOf } from '../parts/how.ts';
import { Moment } from '../parts/moment.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { duration } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { Section } from './section.tsx';
import './attempts.css';

const markOf: Record<Attempt['outcome'], TaskState> = {
  ok: 'succeeded',
  error: 'failed',
  timeout: 'failed',
  crash: 'failed',
  canceled: 'canceled',
};

/** Every execution of a task: where, when, how long, how it ended. */
export function Attempts({ attempts }: Pick<TaskDetail, 'attempts'>) {
  return (
    <Section title={t('panel.attempts')}>
      <table className="attempts">
        <thead>
          <tr>
            <th scope="col">{t('attempts.number')}</th>
            <th scope="col">{t('attempts.outcome')}</th>
            <th scope="col">{t('attempts.time')}</th>
            <th scope="col">{t('attempts.worker')}</th>
            <th scope="col">{t('attempts.started')}</th>
          </tr>
        </thead>
        <tbody>
          {attempts.map(({ attempt, outcome, ms, worker, startedAt, error }) => (
            <Fragment key={attempt}>
              <tr>
                <td>{attempt}</td>
                <td>
                  <span className="attempt-outcome">
                    <StateMark state={markOf[outcome]} />
                    {t(`outcome.${outcome}`)}
                    {outcome === 'crash' && error && howOf(error) !== null && (
                      <span className="attempt-how">({howOf(error)})</span>
                    )}
                  </span>
                </td>
                <td>{ms === null ? '' : duration(ms)}</td>
                <td>{worker}</td>
                <td className="attempt-start">{startedAt !== null && <Moment at={startedAt} />}</td>
              </tr>
              {error && attempt < attempts.length && <Why error={error} />}
            </Fragment>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

/** Why an earlier attempt did not succeed, in a line; that of the last one stands above, in full. */
function Why({ error: { name, message } }: { error: ErrorInfo }) {
  const text = t('attempts.error', { name, message });
  return (
    <tr className="attempt-why">
      <td />
      <td colSpan={4} title={text}>
        {text}
      </td>
    </tr>
  );
}
