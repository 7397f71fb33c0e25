import { useEffect, useState } from 'react';
import type { ChartsView } from '../../shared/contract/stats.ts';
import type { BatchId } from '../../shared/task.ts';
import { client } from '../connection.ts';

/** Milliseconds from an answer to the next question, while the batch runs. */
const againMs = 500;

/** What was measured of a batch, anew twice a second while it runs; null before the first answer. */
export function useCharts(batch: BatchId, live: boolean): ChartsView | null {
  const [found, setFound] = useState<{ batch: BatchId; view: ChartsView } | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const ask = async () => {
      // The connection bar says why there is no answer; it is asked again.
      const view = await client.stats.charts({ batch }).catch(() => null);
      if (over) return;
      if (view) setFound({ batch, view });
      if (live || !view) timer = setTimeout(ask, againMs);
    };
    void ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [batch, live]);
  return found?.batch === batch ? found.view : null;
}
