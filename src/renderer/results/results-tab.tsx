import { useEffect } from 'react';
import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { go } from '../state/place.ts';
import { ask } from '../table/table-state.ts';
import { t } from '../words/t.ts';
import { startAsking } from './asking.ts';
import { CellDialog } from './cell-dialog.tsx';
import { ColumnPanel } from './column-panel.tsx';
import { ResultsBar } from './results-bar.tsx';
import { ResultsGrid } from './results-grid.tsx';
import { showResults, useResults } from './results-state.ts';
import './results.css';

/** The results of a batch as a table: a row for each task that succeeded, a column for each key. */
export default function ResultsTab({ batch }: { batch: BatchSummary }) {
  useEffect(() => showResults(batch.id), [batch.id]);
  useEffect(startAsking, []);
  const open = useResults((state) => state.open);
  const whole = useResults((state) => state.whole);
  const ofThis = useResults((state) => state.batch === batch.id);
  if (batch.counts.succeeded === 0) return <NoResults batch={batch} />;
  if (!ofThis) return null;
  return (
    <div className="results-tab">
      <ResultsBar batch={batch} />
      <ResultsGrid batch={batch} />
      {open && <ColumnPanel key={open.column.id} batch={batch.id} {...open} />}
      {whole && (
        <CellDialog key={`${batch.id} ${whole.index} ${whole.column.id}`} batch={batch.id} {...whole} />
      )}
    </div>
  );
}

function NoResults({ batch }: { batch: BatchSummary }) {
  const { id, counts, state } = batch;
  if (!hasEnded(state)) return <Empty text={t('results.none-yet')} />;
  const showFailed = () => {
    go({ screen: 'batch', batch: id, tab: 'tasks' });
    ask({ filter: 'failed', search: '' });
  };
  return (
    <Empty text={t('results.none')}>
      {counts.failed > 0 && (
        <Button onClick={showFailed}>{t('results.show-failed', { count: counts.failed })}</Button>
      )}
    </Empty>
  );
}
