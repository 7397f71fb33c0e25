import { type LaneKind, laneKinds, type TimelineView } from '../../../shared/contract/stats.ts';
import { formatDuration } from '../../../shared/format.ts';
import { type Html, html } from './html.ts';

const laneHeight = 14;
const gap = 3;
const left = 64;
const width = 1024;
/** More workers are summed up in a line. */
const maxLanes = 64;

const fills: Record<LaneKind, string> = {
  succeeded: '--succeeded-fill',
  failed: '--failed-fill',
  retried: '--retrying-fill',
  canceled: '--canceled-fill',
  running: '--running-fill',
};
/** The loudest first: a column that has several is drawn as the first of them, from the top. */
const order: readonly LaneKind[] = ['failed', 'retried', 'canceled', 'running', 'succeeded'];

/** What each worker did, a lane a worker: how high a column is filled is how busy it was. */
export function timelineHtml({ lanes, columns, length }: TimelineView): Html {
  const shown = lanes.slice(0, maxLanes);
  const height = shown.length * (laneHeight + gap) + 18;
  const used = laneKinds.filter((kind) => lanes.some(({ shares }) => shares[kind] !== undefined));
  return html`<figure>
<ul class="legend">${used.map((kind) => html`<li><i style="background: var(${fills[kind]})"></i>${kind}</li>`)}</ul>
<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="What ${lanes.length} workers did over ${formatDuration(length, 'en')}">
${shown.map(
  (lane, at) => html`<text x="0" y="${at * (laneHeight + gap) + 11}">worker ${lane.worker}</text>
<rect x="${left}" y="${at * (laneHeight + gap)}" width="${width - left}" height="${laneHeight}" fill="var(--sunken)"/>
${laneHtml(lane.shares, columns, at * (laneHeight + gap))}`,
)}<text x="${left}" y="${height - 4}">0</text>
<text x="${width}" y="${height - 4}" text-anchor="end">${formatDuration(length, 'en')}</text></svg>
${lanes.length > maxLanes && html`<p class="quiet">${lanes.length - maxLanes} more workers are not shown.</p>`}</figure>`;
}

function laneHtml(shares: Partial<Record<LaneKind, string>>, columns: number, y: number): Html[] {
  const bytes = new Map(
    order.flatMap((kind) => {
      const text = shares[kind];
      return text === undefined ? [] : [[kind, Buffer.from(text, 'base64')] as const];
    }),
  );
  const paths = new Map<LaneKind, string>();
  for (let column = 0; column < columns; column += 1) {
    let from = y;
    const across = left + (column / columns) * (width - left);
    for (const [kind, values] of bytes) {
      const share = values[column] ?? 0;
      if (share === 0) continue;
      const high = (share / 255) * laneHeight;
      const step = `M${across.toFixed(1)} ${from.toFixed(1)}v${high.toFixed(1)}`;
      paths.set(kind, (paths.get(kind) ?? '') + step);
      from += high;
    }
  }
  const stroke = (((width - left) / columns) * 1.05).toFixed(2);
  return [...paths].map(
    ([
      kind,
      path,
    ]) => html`<path d="${path}" stroke="var(${fills[kind]})" stroke-width="${stroke}" fill="none"/>
`,
  );
}
