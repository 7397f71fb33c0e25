import type { BatchSummary } from '../../shared/batch.ts';
import { exportFormats } from '../../shared/contract.ts';
import { exportTo, type WantedExport } from '../exports/exporting.ts';
import { exportId } from '../keys/ids.ts';
import { MenuButton, MenuGroup, MenuItem } from '../parts/menu.tsx';
import { shownColumns, useResults } from '../results/results-state.ts';
import { usePlace } from '../state/place.ts';
import { plainQuery, useTable } from '../table/table-state.ts';
import { t } from '../words/t.ts';

/** Takes the results away: of all tasks, of those that the filter shows, or the table of results as it is shown. */
export function ExportMenu({ batch }: { batch: BatchSummary }) {
  const ofThis = useTable((state) => state.batch === batch.id);
  const query = useTable((state) => state.query);
  // What is still being counted is not offered with a number that is too small.
  const matching = useTable(({ rows }) => (rows.counting ? null : rows.total));
  const results = useResultsShown(batch);
  const onResults = usePlace(({ place }) => place?.screen === 'batch' && place.tab === 'results');
  const narrowed = ofThis && (query.filter !== 'all' || query.search !== '');
  return (
    <MenuButton id={exportId} label={t('action.export')} icon="download" disabled={batch.total === 0}>
      {onResults && results && (
        <Formats
          wanted={{ batch: batch.id, query: plainQuery, results: results.shown }}
          title={t('export.results', { count: results.total })}
        />
      )}
      {!onResults && narrowed && matching !== null && matching > 0 && (
        <Formats wanted={{ batch: batch.id, query }} title={t('export.shown', { count: matching })} />
      )}
      <Formats
        wanted={{ batch: batch.id, query: plainQuery }}
        title={t('export.all', { count: batch.total })}
      />
    </MenuButton>
  );
}

/** The table of results as it is shown, and how many rows it has; null where there are none of this batch. */
function useResultsShown({ id }: BatchSummary) {
  // Each by itself: the place in the table changes with each step of the wheel, and is no matter here.
  const ofThis = useResults((state) => state.batch === id);
  const known = useResults((state) => state.columns);
  const chosen = useResults((state) => state.chosen);
  const query = useResults((state) => state.query);
  const total = useResults((state) => state.total) ?? 0;
  const columns = shownColumns({ columns: known, chosen }).map((column) => column.id);
  return ofThis && columns.length > 0 && total > 0 ? { shown: { query, columns }, total } : null;
}

function Formats({ wanted, title }: { wanted: Omit<WantedExport, 'format'>; title: string }) {
  const item = (format: WantedExport['format'], name: string, mark = false) => (
    <MenuItem
      key={name}
      label={t('export.item', { what: title, format: name })}
      onChoose={() => void exportTo({ ...wanted, format, mark })}
    >
      <span aria-hidden="true">{name}</span>
      <span className="quiet mono" aria-hidden="true">
        .{format}
      </span>
    </MenuItem>
  );
  return (
    <MenuGroup title={title}>
      {exportFormats.flatMap((format) => {
        const plain = item(format, t(`export.format.${format}`));
        return format === 'csv' ? [plain, item('csv', t('export.format.csv-excel'), true)] : [plain];
      })}
    </MenuGroup>
  );
}
