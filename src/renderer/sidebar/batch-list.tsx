import { type MouseEvent, useMemo, useState } from 'react';
import type { BatchSummary } from '../../shared/batch.ts';
import { deleteBatches } from '../board/delete-batches.ts';
import { Icon } from '../parts/icon.tsx';
import { QueueGroup } from '../queue/queue-group.tsx';
import { groupBatches } from '../state/batch-groups.ts';
import { matchesSearch } from '../state/batch-search.ts';
import { useBatches } from '../state/batches.ts';
import { count } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { BatchLink } from './batch-link.tsx';
import { BatchMenu, type MenuPlace } from './batch-menu.tsx';
import { HistorySearch } from './history-search.tsx';
import './batch-list.css';

/** Batches in their groups: what runs, what waits, and, to be searched, what was. */
export function BatchList() {
  const { batches, loaded } = useBatches();
  const [search, setSearch] = useState('');
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const groups = useMemo(() => groupBatches(batches, Date.now()), [batches]);
  const past = [groups.today, groups.yesterday, groups.earlier];
  const found = past.map((group) => group.filter((batch) => matchesSearch(batch, search)));
  const [today = [], yesterday = [], earlier = []] = found;
  const all = found.flat();
  const openMenu = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-batch]') : null;
    if (!link) return;
    event.preventDefault();
    const { left, bottom } = link.getBoundingClientRect();
    // The menu key has no place of its own.
    const at = event.clientX === 0 ? { x: left + 16, y: bottom } : { x: event.clientX, y: event.clientY };
    setMenu({ batch: Number(link.dataset.batch), at });
  };
  return (
    <nav className="batch-list scrolls" aria-label={t('sidebar.batches')} onContextMenu={openMenu}>
      <Group title={t('sidebar.running')} batches={groups.running} />
      <QueueGroup batches={groups.queued} />
      {past.some((group) => group.length > 0) && (
        <HistorySearch
          text={search}
          found={all.length}
          onChange={setSearch}
          onDelete={() => void deleteBatches(all.map(({ id }) => id))}
        />
      )}
      <Group title={t('sidebar.today')} batches={today} folds />
      <Group title={t('sidebar.yesterday')} batches={yesterday} folds />
      <Group title={t('sidebar.earlier')} batches={earlier} folds />
      {loaded && batches.size === 0 && <p className="batch-list-empty quiet">{t('sidebar.empty')}</p>}
      {menu && <BatchMenu place={menu} onClose={() => setMenu(null)} />}
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
          <span className="batch-group-count">{count(batches.length)}</span>
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
