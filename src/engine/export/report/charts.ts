import type { ChartsView } from '../../../shared/contract/stats.ts';
import { formatBytes, formatDuration } from '../../../shared/format.ts';
import { type Html, html } from './html.ts';

const width = 960;
const height = 140;
const left = 64;
const bottom = 20;
const top = 8;

export interface Line {
  name: string;
  /** A colour of the report's style. */
  color: string;
  values: readonly (number | null)[];
}

/** The charts of a batch, as drawings. */
export function chartsHtml(charts: ChartsView): Html {
  const { at, length } = charts;
  const series = (name: string, color: string, values: Line['values']): Line => ({ name, color, values });
  return html`${chart('Tasks ended a second', at, length, rate, [
    series('ended', '--succeeded', charts.ended),
    ...(charts.failed.some((count) => count > 0) ? [series('failed', '--failed', charts.failed)] : []),
  ])}${chart('Duration of an attempt', at, length, (ms) => formatDuration(ms, 'en'), [
    series('median', '--succeeded', charts.p50),
    series('95 of 100 are shorter', '--retrying', charts.p95),
    series('99 of 100 are shorter', '--failed', charts.p99),
  ])}${chart('CPU, cores', at, length, rate, [
    series('all', '--running', charts.whole.cpu),
    series('Poolboard itself', '--retrying', charts.own.cpu),
  ])}${chart('Memory', at, length, (bytes) => formatBytes(bytes, 'en'), [
    series('all', '--running', charts.whole.memory),
    series('Poolboard itself', '--retrying', charts.own.memory),
  ])}`;
}

const rate = (value: number): string =>
  new Intl.NumberFormat('en', { maximumSignificantDigits: 3 }).format(value);

/** Lines over time; nothing where there is nothing to draw. */
export function chart(
  title: string,
  at: readonly number[],
  length: number,
  format: (value: number) => string,
  lines: Line[],
): Html {
  // A point alone is no line: what was measured once says nothing over time.
  const drawn = lines.filter(({ values }) => values.filter((value) => value !== null).length > 1);
  if (drawn.length === 0 || length <= 0) return html``;
  const greatest = Math.max(...drawn.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const most = greatest > 0 ? greatest : 1;
  const x = (ms: number) => left + (ms / length) * (width - left);
  const y = (value: number) => top + (1 - value / most) * (height - top - bottom);
  return html`<figure>
<figcaption>${title}: ${drawn.map(({ name, color }, index) => html`${index > 0 && ', '}<span style="color: var(${color})">${name}</span>`)}</figcaption>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}, up to ${format(greatest)}">
<path d="M${left} ${y(0)}H${width}M${left} ${y(most)}H${width}" stroke="var(--line)" fill="none"/>
<text x="${left - 8}" y="${y(most) + 8}" text-anchor="end">${format(most)}</text>
<text x="${left - 8}" y="${y(0)}" text-anchor="end">0</text>
<text x="${left}" y="${height - 4}">0</text>
<text x="${width}" y="${height - 4}" text-anchor="end">${formatDuration(length, 'en')}</text>
${drawn.map(
  ({
    color,
    values,
  }) => html`<path d="${pathOf(at, values, x, y)}" stroke="var(${color})" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round" fill="none"/>
`,
)}</svg></figure>`;
}

/** A line with gaps where there is no value; a point alone is drawn as a short stroke. */
function pathOf(
  at: readonly number[],
  values: readonly (number | null)[],
  x: (ms: number) => number,
  y: (value: number) => number,
): string {
  let path = '';
  let open = false;
  values.forEach((value, index) => {
    if (value === null) {
      open = false;
      return;
    }
    const [across, down] = [x(at[index]!).toFixed(1), y(value).toFixed(1)];
    const alone = !open && (values[index + 1] ?? null) === null;
    path += `${open ? 'L' : 'M'}${across} ${down}${alone ? 'h.1' : ''}`;
    open = true;
  });
  return path;
}
