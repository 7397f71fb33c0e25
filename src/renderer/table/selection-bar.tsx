import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { toast } from '../state/toasts.ts';
import { t } from '../words/t.ts';
import { actOnMarked } from './act-on-marked.ts';
import { countMarks, hasMarks } from './marks.ts';
import { reachOf } from './reach.ts';
import { clearMarks, markAll, useTable } from './table-state.ts';
import './selection-bar.css';

/** What can be done to the marked tasks; it lies over the filters, so that nothing moves. */
export function SelectionBar({ batch }: { batch: BatchSummary }) {
  const marks = useTable((state) => state.marks);
  const total = useTable(({ rows }) => rows.total ?? 0);
  // How many match is not known before the whole answer to a new query.
  const counting = useTable(({ rows, asking }) => asking || rows.counting === true);
  const shown = hasMarks(marks) && !(marks.all && counting);
  const marked = countMarks(marks, total);
  const words = marks.all
    ? t('selection.all-selected', { count: marked })
    : t('selection.selected', { count: marked });
  return (
    <>
      <p className="hidden-text" role="status">
        {shown ? words : ''}
      </p>
      {shown && (
        <div className="selection-bar" role="group" aria-label={t('selection.title')}>
          <IconButton icon="close" label={t('selection.clear')} onClick={clearMarks} />
          <b aria-hidden="true">{words}</b>
          <Act batch={batch} />
          {!marks.all && marked < total && (
            <Button look="ghost" className="selection-all" aria-keyshortcuts="Control+A" onClick={markAll}>
              {t('selection.all', { count: total })}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

function Act({ batch }: { batch: BatchSummary }) {
  const ended = hasEnded(batch.state);
  const what = ended ? 'retry' : 'cancel';
  const count = useTable((state) => reachOf(what, state, batch));
  return (
    <Button
      icon={ended ? 'retry' : 'stop'}
      disabled={count === 0}
      aria-keyshortcuts={ended ? 'r' : undefined}
      title={count === 0 ? t(ended ? 'selection.none-to-retry' : 'selection.none-to-cancel') : undefined}
      onClick={() => actOnMarked(what, batch.id)}
    >
      {t(ended ? 'selection.retry' : 'selection.cancel', { count })}
    </Button>
  );
}

/** Says that a range is longer than what was taken of it. */
export function sayWhatIsLeft(left: number): void {
  if (left > 0) toast('info', t('selection.left', { count: left }));
}
