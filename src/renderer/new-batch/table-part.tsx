import { useId, useState } from 'react';
import { formatOf } from '../../shared/row-format.ts';
import { Icon } from '../parts/icon.tsx';
import { type PlainKey, t } from '../words/t.ts';
import { edit, useDraft } from './draft-state.ts';
import { rowFormats, type TableTexts, tableOptions } from './table-options.ts';
import { Labeled, TextField } from './text-field.tsx';
import './options-part.css';

const delimiters: readonly [delimiter: string, name: PlainKey][] = [
  ['', 'rows.delimiter.found'],
  [',', 'rows.delimiter.comma'],
  [';', 'rows.delimiter.semicolon'],
  ['\t', 'rows.delimiter.tab'],
  ['|', 'rows.delimiter.bar'],
  [':', 'rows.delimiter.colon'],
];

const encodings = [
  'utf-8',
  'utf-16le',
  'windows-1252',
  'iso-8859-15',
  'windows-1251',
  'shift_jis',
  'gb18030',
];

/** How a file of rows is read: folded, for files mostly tell it themselves. */
export function TablePart() {
  const [open, setOpen] = useState(false);
  const form = useId();
  return (
    <>
      <button
        type="button"
        className="options-summary"
        aria-expanded={open}
        aria-controls={form}
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? 'down' : 'chevron'} size={14} />
        {t('rows.options')}
      </button>
      {open && (
        <div className="params wide" id={form}>
          <TableForm />
        </div>
      )}
    </>
  );
}

function TableForm() {
  const { table, rowsFile } = useDraft((state) => state.draft);
  const known = tableOptions(rowsFile.trim(), table);
  const id = useId();
  const set = (change: Partial<TableTexts>, typing = false) =>
    edit({ table: { ...table, ...change } }, typing);
  const told = t(`rows.format.${formatOf({ file: rowsFile.trim() })}`);
  return (
    <>
      <Labeled label={t('rows.format')} field={`${id}-format`}>
        <select
          id={`${id}-format`}
          className="field"
          value={table.format}
          onChange={(event) => set({ format: event.target.value as TableTexts['format'] })}
        >
          <option value="">{t('rows.format-of-name', { format: told })}</option>
          {rowFormats.map((format) => (
            <option key={format} value={format}>
              {t(`rows.format.${format}`)}
            </option>
          ))}
        </select>
      </Labeled>
      {known.includes('delimiter') && (
        <Labeled label={t('rows.delimiter')} field={`${id}-delimiter`}>
          <select
            id={`${id}-delimiter`}
            className="field"
            value={table.delimiter}
            onChange={(event) => set({ delimiter: event.target.value })}
          >
            {delimiters.map(([delimiter, name]) => (
              <option key={name} value={delimiter}>
                {t(name)}
              </option>
            ))}
          </select>
        </Labeled>
      )}
      {known.includes('encoding') && (
        <TextField
          label={t('rows.encoding')}
          placeholder={t('rows.encoding-default')}
          text={table.encoding}
          offers={encodings}
          onChange={(encoding) => set({ encoding }, true)}
        />
      )}
      {known.includes('sheet') && (
        <TextField
          label={t('rows.sheet')}
          placeholder={t('rows.sheet-default')}
          text={table.sheet}
          onChange={(sheet) => set({ sheet }, true)}
        />
      )}
      {known.includes('header') && (
        <label className="check">
          <input
            type="checkbox"
            checked={table.header}
            onChange={(event) => set({ header: event.target.checked })}
          />
          {t('rows.header')}
        </label>
      )}
    </>
  );
}
