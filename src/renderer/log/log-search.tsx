import { useEffect, useState } from 'react';
import { mostHits } from '../../shared/contract/logs.ts';
import { searchId } from '../keys/ids.ts';
import { IconButton } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { count, percent } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { goToHit, type Search, searchLog, stopSearch, useLog } from './log-state.ts';
import { logId } from './log-view.tsx';

/** Looks through all output, not only what is shown; Enter goes from hit to hit. */
export function LogSearch() {
  const search = useLog((state) => state.search);
  const [text, setText] = useState(search?.text ?? '');
  const wanted = search?.text ?? '';
  useEffect(() => {
    if (text === wanted) return;
    const timer = setTimeout(() => (text === '' ? stopSearch() : searchLog(text)), 250);
    return () => clearTimeout(timer);
  }, [text, wanted]);
  const clear = () => {
    setText('');
    stopSearch();
  };
  const step = (by: 1 | -1) => void goToHit(by, firstSeen());
  return (
    <div className="log-search">
      <search className="search">
        <Icon name="search" size={14} />
        <input
          id={searchId}
          type="search"
          maxLength={500}
          aria-label={t('log.search')}
          aria-keyshortcuts="/"
          placeholder={t('log.search-over')}
          value={text}
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              if (text !== wanted) searchLog(text);
              else step(event.shiftKey ? -1 : 1);
            } else if (event.key === 'Escape') {
              event.preventDefault();
              clear();
              document.getElementById(logId)?.focus({ preventScroll: true });
            }
          }}
        />
        {text !== '' && <IconButton icon="close" label={t('search.clear')} onClick={clear} />}
      </search>
      {search && (
        <>
          <span
            className="log-found"
            role="status"
            title={search.count > mostHits ? t('log.found-more') : undefined}
          >
            {foundWords(search)}
          </span>
          <IconButton
            icon="up"
            label={t('log.previous')}
            disabled={search.count === 0}
            onClick={() => step(-1)}
          />
          <IconButton
            icon="down"
            label={t('log.next')}
            disabled={search.count === 0}
            onClick={() => step(1)}
          />
        </>
      )}
    </div>
  );
}

function foundWords({ count: found, at, done, share }: Search): string {
  const words =
    at === null ? t('log.found', { count: found }) : t('log.found-at', { at: count(at + 1), count: found });
  return done ? words : t('log.found-so-far', { found: words, percent: percent(share) });
}

/** The first line that is seen. */
function firstSeen(): { piece: number; line: number } | null {
  const element = document.getElementById(logId);
  if (!element) return null;
  const { top } = element.getBoundingClientRect();
  for (const line of element.querySelectorAll<HTMLElement>('[data-piece]')) {
    if (line.getBoundingClientRect().bottom <= top) continue;
    return { piece: Number(line.dataset.piece), line: Number(line.dataset.line) };
  }
  return null;
}
