import type { BatchSummary } from '../shared/batch.ts';
import { resumeBatch, resumeInTurn } from './board/actions.ts';
import { offersOf } from './board/offers.ts';
import { Button } from './parts/button.tsx';
import { StateMark } from './parts/state-mark.tsx';
import { endedTasks } from './state/batch-groups.ts';
import { useBatches } from './state/batches.ts';
import { putOffInterrupted, stillInterrupted, useOffered } from './state/interrupted.ts';
import { go, placeHash } from './state/place.ts';
import { count } from './words/numbers.ts';
import { t } from './words/t.ts';
import './interrupted-bar.css';

/** Offers to finish what the last end of the program interrupted. It keeps nobody from anything else. */
export function InterruptedBar() {
  const offered = useOffered((state) => state.offered);
  const batches = useBatches((state) => state.batches);
  const left = stillInterrupted(offered, batches);
  if (left.length === 0) return null;
  return (
    <section className="interrupted-bar" aria-label={t('interrupted.title')}>
      <ul className="interrupted-list scrolls">
        {left.map((batch) => (
          <Offer key={batch.id} batch={batch} />
        ))}
      </ul>
      {left.length > 1 && (
        <Button onClick={() => void resumeInTurn(left)}>
          {t('interrupted.all', { count: left.length })}
        </Button>
      )}
      <Button look="ghost" onClick={() => putOffInterrupted(left)}>
        {t('interrupted.later')}
      </Button>
    </section>
  );
}

function Offer({ batch }: { batch: BatchSummary }) {
  const { id, name, counts, total, enumerated } = batch;
  const left = offersOf(batch).finish?.count ?? 0;
  const place = { screen: 'batch', batch: id, tab: 'tasks' } as const;
  return (
    <li>
      <StateMark state="interrupted" />
      <p>
        <a className="interrupted-name" href={placeHash(place)}>
          {name}
        </a>{' '}
        {t('interrupted.at', {
          done: count(endedTasks(counts)),
          total: t(enumerated ? 'interrupted.of' : 'interrupted.of-so-far', { count: total }),
        })}
      </p>
      <Button
        icon="play"
        aria-label={left > 0 ? t('interrupted.resume', { name, count: left }) : undefined}
        onClick={() => {
          resumeBatch(id);
          go(place);
        }}
      >
        {left > 0 ? t('action.resume-count', { count: left }) : t('action.resume')}
      </Button>
    </li>
  );
}
