import { type KeyboardEvent, useEffect } from 'react';
import type { BatchSummary } from '../../shared/batch.ts';
import { useErrors } from '../errors/errors-state.ts';
import { go, type Tab, tabs } from '../state/place.ts';
import { count } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import './tab-bar.css';

export const tabPanelId = 'board-tab';

/** The tabs of a board, with counts where a count means something. */
export function TabBar({ batch, tab }: { batch: BatchSummary; tab: Tab }) {
  const show = (next: Tab) => go({ screen: 'batch', batch: batch.id, tab: next });
  const groups = useErrors(({ batch: of, groups: all }) =>
    of === batch.id && all ? all.groups.length + all.moreGroups : 0,
  );
  // In a small window the tabs scroll sideways.
  useEffect(() => {
    document.getElementById(`tab-${tab}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [tab]);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length]!;
    show(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div className="tab-bar" role="tablist" aria-label={t('tabs.title')} onKeyDown={onKeyDown} tabIndex={-1}>
      {tabs.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          id={`tab-${each}`}
          className="tab"
          aria-selected={each === tab}
          aria-controls={tabPanelId}
          tabIndex={each === tab ? 0 : -1}
          onClick={() => show(each)}
        >
          {t(`tab.${each}`)}
          {each === 'tasks' && <span className="tab-count">{count(batch.total)}</span>}
          {each === 'errors' && groups > 0 && (
            <span className="tab-count tab-count-failed">{count(groups)}</span>
          )}
          {each === 'results' && batch.counts.succeeded > 0 && (
            <span className="tab-count">{count(batch.counts.succeeded)}</span>
          )}
        </button>
      ))}
    </div>
  );
}
