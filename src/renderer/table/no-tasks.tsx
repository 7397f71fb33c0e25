import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { t } from '../words/t.ts';
import { columns } from './columns.ts';
import { ask, useTable } from './table-state.ts';

/** What stands in place of the rows where none matches, and how to see more. */
export function NoTasks({ batch }: { batch: BatchSummary }) {
  return (
    <div className="task-none" role="row">
      <div role="gridcell" aria-colspan={columns.length}>
        <Why batch={batch} />
      </div>
    </div>
  );
}

function Why({ batch }: { batch: BatchSummary }) {
  const { filter, search } = useTable((state) => state.query);
  if (search !== '') {
    return (
      <Empty text={t('empty.search', { search, count: batch.total })}>
        <Button onClick={() => ask({ search: '', filter: 'all' })}>
          {t('empty.show-all', { count: batch.total })}
        </Button>
      </Empty>
    );
  }
  if (filter !== 'all') {
    return (
      <Empty text={t(`empty.${filter}`)}>
        <Button onClick={() => ask({ filter: 'all' })}>{t('empty.show-all', { count: batch.total })}</Button>
      </Empty>
    );
  }
  const { inputs } = batch.spec;
  if (inputs.kind === 'watch' && !hasEnded(batch.state)) {
    return <Empty text={t('empty.watching', { folder: inputs.folder })} />;
  }
  return <Empty text={t(hasEnded(batch.state) ? 'empty.none' : 'empty.reading')} />;
}
