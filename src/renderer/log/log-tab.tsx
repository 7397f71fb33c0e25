import { useEffect } from 'react';
import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { useDark } from '../state/dark.ts';
import { t } from '../words/t.ts';
import { LogBar } from './log-bar.tsx';
import { everyLine, filterLog, lines, loadEnd, openLog, useLog } from './log-state.ts';
import { LogView } from './log-view.tsx';
import './log.css';

/** What the tasks of a batch print: live at its end, all of it to scroll and search through. */
export default function LogTab({ batch }: { batch: BatchSummary }) {
  const dark = useDark();
  useEffect(() => openLog(batch.id), [batch.id]);
  const shown = useLog((state) => state.batch === batch.id && state.loaded);
  const isEmpty = useLog((state) => state.version >= 0 && lines.lines.length === 0);
  const newer = useLog((state) => state.newer);
  const following = useLog((state) => state.following);
  const unseen = useLog((state) => state.unseen);
  const unseenMore = useLog((state) => state.unseenMore);
  return (
    <div className="log-tab" aria-busy={!shown}>
      <LogBar batch={batch} />
      <div className="log-space">
        {shown &&
          (isEmpty ? (
            <NoLines batch={batch} />
          ) : (
            <LogView label={t('log.title', { name: batch.name })} dark={dark} />
          ))}
        {shown && !isEmpty && !following && (
          <Button className="log-to-end" icon="down" onClick={() => void loadEnd()}>
            {unseen > 0 || !newer ? newLines(unseen, unseenMore) : t('log.to-end')}
          </Button>
        )}
      </div>
    </div>
  );
}

function newLines(count: number, more: boolean): string {
  if (count === 0) return t('log.to-end');
  return more ? t('log.more-new-lines', { count }) : t('log.new-lines', { count });
}

function NoLines({ batch }: { batch: BatchSummary }) {
  const filter = useLog((state) => state.filter);
  const isNarrow = JSON.stringify(filter) !== JSON.stringify(everyLine);
  if (isNarrow) {
    return (
      <Empty text={t('log.none-match')}>
        <Button onClick={() => filterLog(everyLine)}>{t('log.show-all')}</Button>
      </Empty>
    );
  }
  return <Empty text={t(hasEnded(batch.state) ? 'log.none' : 'log.none-so-far')} />;
}
