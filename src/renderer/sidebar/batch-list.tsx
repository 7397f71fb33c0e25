import { useMemo, useState } from 'react';
import type { BatchSummary } from '../../shared/batch.ts';
import { Icon } from '../parts/icon.tsx';
import { groupBatches } from '../state/batch-groups.ts';
import { useBatches } from '../state/batches.ts';
import { t } from '../words/t.ts';
import { BatchLink } from './batch-link.tsx';
import './batch-list.css';

/** Batches in their groups: what runs, what waits, what was. */
export function BatchList() {
  const { batches, loaded } = useBatches();
  const groups = useMemo(() => groupBatches(batches, Date.now()), [batches]);
  return (
    <nav className="batch-list scrolls" aria-label={t('sidebar.batches')}>
      <Group title={t('sidebar.running')} batches={groups.running} />
      <Group title={t('sidebar.queued')} batches={groups.queued} />
      <Group title={t('sidebar.today')} batches={groups.today} folds />
      <Group title={t('sidebar.yesterday')} batches={groups.yesterday} folds />
      <Group title={t('sidebar.earlier')} batches={groups.earlier} folds />
      {loaded && batches.size === 0 && <p className="batch-list-empty quiet">{t('sidebar.empty')}</p>}
    </nav>
  );
}

/** Batches that are shown of a long group until one asks for all. */
const shownAtFirst = 30;

function Group({ title, batches, folds }: { title: string; batches: BatchSummary[]; folds?: boolean }) {
  const [open, setOpen] = useState(true);
  const [all, setAll] = useState(false);
  if (batches.length === 0) return null;
  const shown = all ? batches : batches.slice(0, shownAtFirst);
  const more = batches.length - shown.length;
  return (
    <section className="batch-group" aria-label={title}>
      {folds ? (
        <button
          type="button"
          className="batch-group-title"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'down' : 'chevron'} size={12} />
          {title}
          <span className="batch-group-count">{batches.length}</span>
        </button>
      ) : (
        <h3 className="batch-group-title">{title}</h3>
      )}
      {open && (
        <ul>
          {shown.map((batch) => (
            <li key={batch.id}>
              <BatchLink batch={batch} />
            </li>
          ))}
          {more > 0 && (
            <li>
              <button type="button" className="batch-group-more" onClick={() => setAll(true)}>
                {t('sidebar.more', { count: more })}
              </button>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
