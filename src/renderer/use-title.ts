import { useEffect } from 'react';
import { hasEnded } from '../shared/batch.ts';
import { shareDone } from './state/batch-groups.ts';
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
    if (hasEnded(batch.state)) return t('app.title', { name });
    return t('app.title-running', { name, percent: percent(shareDone(batch)) });
  });
  useEffect(() => {
    document.title = title;
  }, [title]);
}
