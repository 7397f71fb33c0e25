import type { Cell } from '../../../shared/contract/results.ts';
import type { ExportRow } from '../../store/store.ts';
import type { Table } from '../table.ts';
import { type Html, html } from './html.ts';

const maxCharacters = 300;

/** Results as a table. Links lead out of the report only where one follows them. */
export function resultsHtml(table: Table, rows: readonly ExportRow[]): Html {
  const isNumber = table.columns.map(({ type }) => type === 'number');
  return html`<div class="scroll"><table><thead><tr>${table.columns.map(({ title }, at) => html`<th${isNumber[at] && numberClass}>${title}</th>`)}</tr></thead><tbody>
${rows.map(
  (
    row,
  ) => html`<tr>${table.cellsOf(row).map((cell, at) => html`<td${isNumber[at] && numberClass}>${cellHtml(cell, table.columns[at]!.type === 'link')}</td>`)}</tr>
`,
)}</tbody></table></div>`;
}

const numberClass = html` class="number"`;

function cellHtml(cell: Cell, isLink: boolean): Html | string {
  if (cell === null) return '';
  if (typeof cell === 'number') return new Intl.NumberFormat('en', { maximumFractionDigits: 6 }).format(cell);
  const text = String(cell);
  const shown = text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text;
  if (isLink && /^https?:\/\//i.test(text))
    return html`<a href="${text}" rel="noopener noreferrer">${shown}</a>`;
  return shown;
}
