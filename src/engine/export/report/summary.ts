import { type BatchSummary, hasEnded } from '../../../shared/batch.ts';
import type { Efficiency, Loss } from '../../../shared/contract/stats.ts';
import { formatCount, formatDuration, formatRate } from '../../../shared/format.ts';
import type { TaskState } from '../../../shared/task.ts';
import { type Html, html } from './html.ts';

export const count = (value: number): string => formatCount(value, 'en');
export const percent = (share: number): string =>
  new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(share);
export const moment = (at: number): string =>
  new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' }).format(at);

const states: readonly [TaskState, color: string][] = [
  ['succeeded', '--succeeded-fill'],
  ['failed', '--failed-fill'],
  ['running', '--running-fill'],
  ['pending', '--line'],
  ['canceled', '--canceled-fill'],
  ['skipped', '--canceled-fill'],
];

/** What became of the batch, in a line, a bar and figures. */
export function summaryHtml(batch: BatchSummary, madeAt: number): Html {
  const { counts, total, startedAt, endedAt, rate, busy, state } = batch;
  const until = endedAt ?? madeAt;
  const shown = states.filter(([each]) => counts[each] > 0);
  return html`<p class="quiet">Batch ${batch.id}, ${state}${startedAt !== null && html`, started ${moment(startedAt)}`}${endedAt !== null && html`, ended ${moment(endedAt)}`}. ${!hasEnded(state) && 'It was not over yet when this was written. '}${doesWhat(batch)}</p>
<div class="states" aria-hidden="true">${shown.map(([each, color]) => html`<div style="width: ${(100 * counts[each]) / Math.max(1, total)}%; background: var(${color})"></div>`)}</div>
<ul class="legend">${shown.map(([each, color]) => html`<li><i style="background: var(${color})"></i>${count(counts[each])} ${each}</li>`)}</ul>
<dl class="figures">
${figure('Tasks', count(total))}
${startedAt !== null && figure('Time', formatDuration(until - startedAt, 'en'))}
${rate !== null && figure('Tasks a second', formatRate(rate, 'en').replace(' /s', ''))}
${busy !== null && figure('Workers busy', percent(busy))}
</dl>
${batch.error && html`<p class="failed">${batch.error.name}: ${batch.error.message}</p>`}
${batch.warnings.slice(0, 20).map((warning) => html`<p class="quiet">${warning}</p>`)}`;
}

const figure = (name: string, value: string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

function doesWhat({ spec: { definition, params } }: BatchSummary): Html {
  const what =
    definition.kind === 'builtin'
      ? definition.name
      : definition.kind === 'command'
        ? definition.template
        : definition.file;
  const given = Object.keys(params).length > 0 ? ` ${JSON.stringify(params)}` : '';
  return html`Each input went through <code>${what}${given}</code>.`;
}

const lossWords: Record<Loss, string> = {
  startup: 'starting workers',
  input: 'waiting for inputs',
  held: 'being held back',
  stragglers: 'waiting for the last tasks',
  store: 'waiting for the store',
};

/** How much of the workers' time was work, and what the rest went to. */
export function efficiencyHtml({ busy, lost, workers, ms }: Efficiency): Html {
  const losses = Object.entries(lost).filter(([, share]) => share >= 0.0005) as [Loss, number][];
  losses.sort((a, b) => b[1] - a[1]);
  return html`<p>${percent(busy)} of ${formatDuration(ms, 'en')} of ${new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(workers)} workers was spent on tasks${
    losses.length > 0 &&
    html`; the rest on ${losses.map(([loss, share], at) => html`${at > 0 && ', '}${lossWords[loss]} (${percent(share)})`)}`
  }.</p>`;
}
