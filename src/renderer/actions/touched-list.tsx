import { useEffect, useState } from 'react';
import { noCounts, type TaskCounts } from '../../shared/batch.ts';
import type { Touched } from '../../shared/contract/actions.ts';
import { type BatchId, type TaskState, taskStates } from '../../shared/task.ts';
import { client } from '../connection.ts';
import { StateMark } from '../parts/state-mark.tsx';
import { count } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import './touched-list.css';

/** Which tasks an action will touch: the first of them, and how many more. */
export function TouchedList({ touched, total }: { touched: Touched; total: number }) {
  const more = total - touched.first.length;
  const states = taskStates.filter((state) => touched.counts[state] > 0);
  return (
    <div className="touched">
      <ul className="touched-list">
        {touched.first.map(({ index, input, state }) => (
          <li key={index} title={input}>
            <StateMark state={state} />
            <span className="touched-index">{count(index)}</span>
            <span className="mono touched-input">{input}</span>
          </li>
        ))}
      </ul>
      <p className="quiet touched-more">
        {more > 0 && t('actions.and-more', { count: more })}
        {states.length > 1 && <span>{states.map((state) => someOf(state, touched)).join(', ')}</span>}
      </p>
    </div>
  );
}

const someOf = (state: TaskState, { counts }: Touched): string =>
  t('actions.some', { count: counts[state], state: t(`task.state.${state}`) });

/**
 * The same, of all tasks of a batch that have not ended: the first of them are looked up when it is shown, and their
 * room is kept meanwhile. How many there are is as the batch counts them now, as on the button beside them.
 */
export function OpenTasks({ batch, counts }: { batch: BatchId; counts: TaskCounts }) {
  const { pending, running } = counts;
  const total = pending + running;
  const [touched, setTouched] = useState<Touched | null>(null);
  useEffect(() => {
    let isShown = true;
    client.actions.touched({ batch, tasks: 'open' }).then(
      (found) => isShown && setTouched(found),
      // What cannot be shown is no reason not to ask.
      () => {},
    );
    return () => {
      isShown = false;
    };
  }, [batch]);
  return (
    <div className="touched-room" style={{ minHeight: Math.min(5, total) * 24 + 24 }}>
      {touched ? (
        <TouchedList
          touched={{ ...touched, counts: { ...noCounts(), pending, running } }}
          total={Math.max(total, touched.first.length)}
        />
      ) : (
        <p className="quiet">{t('actions.counting')}</p>
      )}
    </div>
  );
}
