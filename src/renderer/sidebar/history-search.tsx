import { historySearchId } from '../keys/ids.ts';
import { IconButton } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { t } from '../words/t.ts';
import './history-search.css';

interface HistorySearchProps {
  text: string;
  /** Batches that it finds. */
  found: number;
  onChange: (text: string) => void;
  onDelete: () => void;
}

/** Searches the past batches by name, task and state, and deletes what it finds. */
export function HistorySearch({ text, found, onChange, onDelete }: HistorySearchProps) {
  const searching = text.trim() !== '';
  return (
    <search className="history-search" aria-label={t('history.search')}>
      <div className="history-search-box">
        <Icon name="search" size={12} />
        <input
          id={historySearchId}
          type="search"
          maxLength={200}
          aria-label={t('history.search')}
          aria-keyshortcuts="h"
          placeholder={t('history.search')}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            // The first takes back what was typed, the next one leads out.
            if (text === '') event.currentTarget.blur();
            onChange('');
          }}
        />
        {searching && (
          <IconButton icon="close" label={t('history.search-clear')} onClick={() => onChange('')} />
        )}
      </div>
      {searching && (
        <div className="history-found">
          <span role="status">{t('history.found', { count: found })}</span>
          {found > 0 && (
            <button type="button" onClick={onDelete}>
              {t('history.delete', { count: found })}
            </button>
          )}
        </div>
      )}
    </search>
  );
}
