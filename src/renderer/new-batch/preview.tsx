import type { InputPreview } from '../../shared/inputs.ts';
import { bytes } from '../words/numbers.ts';
import { said } from '../words/said.ts';
import { t } from '../words/t.ts';
import { countOf, sourceOf } from './draft.ts';
import { checkAgain, useDraft } from './draft-state.ts';
import { Problem } from './part.tsx';
import './preview.css';

/** The count of the inputs and the first three, as the task will receive them. */
export function Preview() {
  const preview = useDraft((state) => state.preview);
  if (preview.state === 'nothing') return null;
  if (preview.state === 'refused') return <Problem error={preview.error} onAgain={checkAgain} />;
  const shown = preview.state === 'answered' ? preview.answer : preview.before;
  if (!shown) return <p className="quiet">{t('preview.counting')}</p>;
  return (
    <div className="preview wide" aria-busy={preview.state === 'asking'} data-testid="preview">
      <p>
        <Count preview={shown} />
        <WatchNote />
        {shown.columns && (
          <span className="quiet"> · {t('preview.columns', { count: shown.columns.length })}</span>
        )}
        {shown.bytes !== null && <span className="quiet"> · {bytes(shown.bytes)}</span>}
      </p>
      {shown.first.length > 0 && <First preview={shown} />}
      {shown.warnings.length > 0 && (
        <details className="preview-warnings">
          <summary>{t('preview.warnings', { count: shown.warnings.length })}</summary>
          <ul>
            {shown.warnings.slice(0, 50).map((warning) => (
              <li key={warning}>{said(warning)}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** What becomes of the files that are in a watched folder already. */
function WatchNote() {
  const { inputs, watch } = useDraft((state) => state.draft);
  if (inputs !== 'watch') return null;
  return <span className="quiet"> {t(watch.existing ? 'watch.taken' : 'watch.not-taken')}</span>;
}

function Count({ preview }: { preview: InputPreview }) {
  const draft = useDraft((state) => state.draft);
  const source = sourceOf(draft);
  const exact = source && countOf(source);
  const key = source?.kind === 'files' || source?.kind === 'watch' ? 'preview.files' : 'preview.inputs';
  const complete = exact !== null || preview.complete;
  return (
    <b>
      {complete
        ? t(key, { count: exact ?? preview.count })
        : t('preview.more-than', { count: preview.count })}
    </b>
  );
}

/** Columns that are shown; a table can have thousands. */
const maxColumns = 100;

function First({ preview: { first, columns: all = [] } }: { preview: InputPreview }) {
  const shown = first.slice(0, 3);
  const columns = all.slice(0, maxColumns);
  if (columns.length > 0) {
    return (
      <div className="preview-table scrolls">
        <table className="mono">
          <thead>
            <tr>
              {columns.map((column, at) => (
                <th
                  key={column}
                  scope="col"
                  title={column}
                  className={alignment(cellOf(first[0], column, at))}
                >
                  {column}
                </th>
              ))}
              {all.length > maxColumns && (
                <th scope="col">{t('preview.more-columns', { count: all.length - maxColumns })}</th>
              )}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, position) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: inputs may repeat
              <tr key={position}>
                {columns.map((column, at) => (
                  <Cell key={column} value={cellOf(row, column, at)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    );
  }
  return (
    <ol className="preview-first mono" aria-label={t('preview.first')}>
      {shown.map((input, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: inputs may repeat
        <li key={position}>{textOf(input)}</li>
      ))}
    </ol>
  );
}

const alignment = (value: unknown): string | undefined =>
  typeof value === 'number' ? 'preview-number' : undefined;

function Cell({ value }: { value: unknown }) {
  const text = value === null ? '' : textOf(value);
  return (
    <td title={text} className={alignment(value)}>
      {text.slice(0, 200)}
    </td>
  );
}

function cellOf(row: unknown, column: string, at: number): unknown {
  if (Array.isArray(row)) return row[at];
  return typeof row === 'object' && row !== null ? (row as Record<string, unknown>)[column] : row;
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
