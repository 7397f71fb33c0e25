import { useEffect, useState } from 'react';
import type { ResultColumn, WholeCell } from '../../shared/contract/results.ts';
import { resultImagePath } from '../../shared/result-image.ts';
import type { BatchId, TaskIndex } from '../../shared/task.ts';
import { client } from '../connection.ts';
import { Button } from '../parts/button.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { go } from '../state/place.ts';
import { report } from '../state/toasts.ts';
import { ask, openPanel, select } from '../table/table-state.ts';
import { count } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { columnTitle } from './column-title.ts';
import { openOutside } from './open-outside.ts';
import { focusResults } from './results-ids.ts';
import { openCell } from './results-state.ts';

interface CellProps {
  batch: BatchId;
  index: TaskIndex;
  column: ResultColumn;
}

/** A value whole, with what can be done with it. Keyed by its cell, for it holds that one's value. */
export function CellDialog({ batch, index, column }: CellProps) {
  const [whole, setWhole] = useState<WholeCell | null>(null);
  const [isShown, setShown] = useState(true);
  const close = () => {
    openCell(null);
    focusResults();
  };
  useEffect(() => {
    // Another cell may be opened, or this one closed, while the value of this one is on its way.
    let wanted = true;
    client.results.cell({ batch, task: index, column: column.id }).then(
      (cell) => wanted && setWhole(cell),
      (error) => {
        if (!wanted) return;
        openCell(null);
        report(error);
      },
    );
    return () => {
      wanted = false;
    };
  }, [batch, index, column.id]);
  if (!whole) return null;
  const { text, type, cut } = whole;
  const open = (what: 'link' | 'file' | 'folder') => openOutside(batch, index, column.id, what);
  return (
    <Dialog
      title={t('results.cell', { column: columnTitle(column), index: count(index) })}
      onClose={close}
      wide
    >
      {type === 'image' && isShown && (
        <img
          className="results-preview"
          src={resultImagePath({ batch, task: index, column: column.id })}
          alt={text}
          onError={() => setShown(false)}
        />
      )}
      <div className="results-whole">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by key */}
        <pre className="mono scrolls" tabIndex={0} data-first>
          {text === '' ? t('results.empty-cell') : text}
        </pre>
        <CopyButton text={() => text} label={t('results.copy')} />
      </div>
      {cut && <p className="quiet">{t('results.cut', { count: text.length })}</p>}
      <div className="dialog-buttons">
        <Button onClick={() => goToTask(batch, index)}>
          {t('results.to-task', { index: count(index) })}
        </Button>
        {type === 'link' && <Button onClick={() => open('link')}>{t('results.open-link')}</Button>}
        {(type === 'file' || type === 'image') && (
          <>
            <Button onClick={() => open('folder')}>{t('results.show-folder')}</Button>
            <Button look="main" onClick={() => open('file')}>
              {t('results.open-file')}
            </Button>
          </>
        )}
      </div>
    </Dialog>
  );
}

/** Shows the task that a result is of, with its output and attempts. */
function goToTask(batch: BatchId, index: TaskIndex): void {
  openCell(null);
  go({ screen: 'batch', batch, tab: 'tasks' });
  ask({ filter: 'all', search: '', sort: 'index', descending: false });
  select({ index, position: index });
  openPanel();
}
