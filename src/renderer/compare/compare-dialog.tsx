import { useState } from 'react';
import { create } from 'zustand';
import type { BatchSummary } from '../../shared/batch.ts';
import type { BatchId } from '../../shared/task.ts';
import { BatchMark } from '../board/batch-mark.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { matchesSearch } from '../state/batch-search.ts';
import { useBatches } from '../state/batches.ts';
import { go } from '../state/place.ts';
import { moment } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { likenesses, othersOf } from './likeness.ts';
import './compare-dialog.css';

const useChoosing = create<{ batch: BatchId | null }>(() => ({ batch: null }));

/** Asks what a batch is to be compared with. */
export const askToCompare = (batch: BatchId): void => useChoosing.setState({ batch });

const close = () => useChoosing.setState({ batch: null });

/** The other batches, those that are most like it first. */
export function CompareDialog() {
  const id = useChoosing((state) => state.batch);
  const batches = useBatches((state) => state.batches);
  const [search, setSearch] = useState('');
  const batch = id === null ? undefined : batches.get(id);
  if (id === null || !batch) return null;
  const groups = othersOf(batches, id);
  const shown = likenesses
    .map((likeness) => ({
      likeness,
      found: groups[likeness].filter((other) => matchesSearch(other, search)),
    }))
    .filter(({ found }) => found.length > 0);
  const hasAny = likenesses.some((likeness) => groups[likeness].length > 0);
  const best = shown[0]?.found[0];
  const choose = (other: BatchSummary) => {
    close();
    setSearch('');
    // What was submitted later is "after".
    go({ screen: 'compare', before: Math.min(id, other.id), after: Math.max(id, other.id) });
  };
  return (
    <Dialog title={t('compare.choose-title', { name: batch.name })} onClose={close}>
      {!hasAny && <p>{t('compare.none')}</p>}
      {hasAny && (
        <>
          <input
            type="search"
            className="field field-wide"
            data-first
            aria-label={t('compare.search')}
            placeholder={t('compare.search')}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && best && choose(best)}
          />
          <div className="compare-others scrolls">
            {shown.map(({ likeness, found }) => (
              <section key={likeness} aria-label={t(titles[likeness])}>
                <h3>{t(titles[likeness])}</h3>
                <ul>
                  {found.slice(0, shownAtFirst).map((other) => (
                    <li key={other.id}>
                      <button type="button" className="compare-other" onClick={() => choose(other)}>
                        <BatchMark batch={other} />
                        <span className="compare-other-name">{other.name}</span>
                        <span className="quiet">{moment(other.startedAt ?? other.createdAt)}</span>
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </div>
        </>
      )}
    </Dialog>
  );
}

/** Of a group: the others are found by the search. */
const shownAtFirst = 100;

const titles = {
  likely: 'compare.likely',
  'same-inputs': 'compare.same-inputs',
  'same-task': 'compare.same-task',
  others: 'compare.others',
} as const;
