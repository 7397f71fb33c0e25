import type { BatchSummary } from '../../shared/batch.ts';
import { exportFormats } from '../../shared/contract.ts';
import type { TaskQuery } from '../../shared/views.ts';
import { exportId } from '../keys/ids.ts';
import { MenuButton, MenuGroup, MenuItem } from '../parts/menu.tsx';
import { plainQuery, useTable } from '../table/table-state.ts';
import { t } from '../words/t.ts';
import { exportTasks } from './actions.ts';

/** Takes the results away: of all tasks, or of those that the filter shows. */
export function ExportMenu({ batch }: { batch: BatchSummary }) {
  const ofThis = useTable((state) => state.batch === batch.id);
  const query = useTable((state) => state.query);
  const matching = useTable((state) => state.rows.total);
  const narrowed = ofThis && (query.filter !== 'all' || query.search !== '');
  return (
    <MenuButton id={exportId} label={t('action.export')} icon="download" disabled={batch.total === 0}>
      {narrowed && matching !== null && matching > 0 && (
        <Formats batch={batch} query={query} title={t('export.shown', { count: matching })} />
      )}
      <Formats batch={batch} query={plainQuery} title={t('export.all', { count: batch.total })} />
    </MenuButton>
  );
}

function Formats({ batch, query, title }: { batch: BatchSummary; query: TaskQuery; title: string }) {
  return (
    <MenuGroup title={title}>
      {exportFormats.map((format) => (
        <MenuItem
          key={format}
          label={t('export.item', { what: title, format: t(`export.format.${format}`) })}
          onChoose={() => void exportTasks(batch.id, format, query)}
        >
          <span aria-hidden="true">{t(`export.format.${format}`)}</span>
          <span className="quiet mono" aria-hidden="true">
            .{format}
          </span>
        </MenuItem>
      ))}
    </MenuGroup>
  );
}
