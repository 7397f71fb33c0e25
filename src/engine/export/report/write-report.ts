import type { ExportRow } from '../../store/store.ts';
import type { Table } from '../table.ts';
import { chartsHtml } from './charts.ts';
import { errorsHtml } from './errors.ts';
import type { ReportFacts } from './facts.ts';
import { type Html, html } from './html.ts';
import { resultsHtml } from './results.ts';
import { reportStyle } from './style.ts';
import { count, efficiencyHtml, moment, summaryHtml } from './summary.ts';
import { timelineHtml } from './timeline.ts';

/** Rows that a report shows; the others are what the other formats are for. */
export const reportRows = 200;

export interface ReportTable {
  table: Table;
  /** The first {@link reportRows} of them. */
  rows: ExportRow[];
  /** All that match. */
  total: number;
}

/**
 * A report of a batch as one page of HTML that needs nothing else: no script, no network. Everything that comes
 * from tasks is escaped.
 */
export function reportPage(facts: ReportFacts, results: ReportTable): string {
  const { batch, charts, timeline, errors, madeAt } = facts;
  const title = `${batch.name} - Poolboard`;
  return html`${{ html: '<!doctype html>' }}
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title><style>${{ html: reportStyle }}</style></head><body>
<header><h1>${batch.name}</h1></header><main>
${section('Summary', summaryHtml(batch, madeAt))}
${charts?.efficiency && section('Efficiency', efficiencyHtml(charts.efficiency))}
${errors && errors.groups.length > 0 && section('Errors', errorsHtml(errors))}
${timeline && timeline.lanes.length > 0 && section('Timeline', timelineHtml(timeline))}
${charts && charts.at.length > 0 && section('Charts', chartsHtml(charts))}
${results.total > 0 && section('Results', html`${sayRows(results)}${resultsHtml(results.table, results.rows)}`)}
</main><footer><p class="quiet">Written by Poolboard, ${moment(madeAt)}.</p></footer></body></html>
`.html;
}

const section = (title: string, content: Html): Html => html`<section><h2>${title}</h2>${content}</section>`;

function sayRows({ rows, total }: ReportTable): Html {
  return total > rows.length
    ? html`<p class="quiet">The first ${count(rows.length)} of ${count(total)}.</p>`
    : html`<p class="quiet">All ${count(total)}.</p>`;
}
