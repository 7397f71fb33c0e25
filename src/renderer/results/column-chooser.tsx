import { useEffect, useId, useRef, useState } from 'react';
import type { ResultColumn } from '../../shared/contract/results.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { t } from '../words/t.ts';
import { columnTitle } from './column-title.ts';
import { chooseColumns, shownColumns, toggleColumn, useResults } from './results-state.ts';

/** Chooses the columns that are shown; the choice is remembered with the batch. */
export function ColumnChooser({ columns }: { columns: readonly ResultColumn[] }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const chosen = useResults((state) => state.chosen);
  const shown = shownColumns({
    columns: { batch: 0, columns: [...columns], more: 0, complete: true },
    chosen,
  });
  useEffect(() => {
    if (!open) return;
    const closeOutside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [open]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc is heard from whatever in it has the focus
    <div
      className="menu-root"
      ref={root}
      onKeyDown={(event) => {
        if (!open || event.key !== 'Escape') return;
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        className="button button-plain"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {t('results.columns.button', { shown: shown.length, count: columns.length })}
        <Icon name="down" size={12} />
      </button>
      {open && <Choices id={id} columns={columns} shown={shown} />}
    </div>
  );
}

function Choices({
  id,
  columns,
  shown,
}: {
  id: string;
  columns: readonly ResultColumn[];
  shown: readonly ResultColumn[];
}) {
  const [search, setSearch] = useState('');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('input')?.focus(), []);
  const matching = columns.filter((column) =>
    columnTitle(column).toLowerCase().includes(search.toLowerCase()),
  );
  return (
    <div
      ref={box}
      id={id}
      className="results-popover results-chooser"
      role="dialog"
      aria-label={t('results.columns.title')}
    >
      <input
        type="search"
        className="field field-wide"
        aria-label={t('results.columns.search')}
        placeholder={t('results.columns.search')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      <ul className="results-choices scrolls">
        {matching.map((column) => (
          <li key={column.id}>
            <label>
              <input
                type="checkbox"
                checked={shown.some((each) => each.id === column.id)}
                onChange={() => toggleColumn(column.id)}
              />
              <span className="results-choice-name">{columnTitle(column)}</span>
              <span className="quiet">{t(`results.type.${column.type}`)}</span>
            </label>
          </li>
        ))}
      </ul>
      <div className="results-panel-buttons">
        <Button onClick={() => chooseColumns(columns.map((column) => column.id))}>
          {t('results.columns.all')}
        </Button>
        <Button onClick={() => chooseColumns(null)}>{t('results.columns.standard')}</Button>
      </div>
    </div>
  );
}
