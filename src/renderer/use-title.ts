import { useEffect } from 'react';
import { hasEnded } from '../shared/batch.ts';
import { shareOf } from '../shared/overall.ts';
import { useBatches } from './state/batches.ts';
import { usePlace } from './state/place.ts';
import { percent } from './words/numbers.ts';
import { t } from './words/t.ts';

/** Names in the window's title what it shows, with the progress of a batch that runs. */
export function useTitle(): void {
  const place = usePlace((state) => state.place);
  const title = useBatches(({ batches }) => {
    const batch = place?.screen === 'batch' ? batches.get(place.batch) : undefined;
    if (!batch) return t('app.name');
    const { name } = batch;
    const share = shareOf(batch);
    if (hasEnded(batch.state) || (share === null && batch.total > 0)) return t('app.title', { name });
    return t('app.title-running', { name, percent: percent(share ?? 0) });
  });
  useEffect(() => {
    document.title = title;
  }, [title]);
}
