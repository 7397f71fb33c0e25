import { hasEnded } from '../../shared/batch.ts';
import { type Overall, overallOf } from '../../shared/overall.ts';
import { bridge } from '../connection.ts';
import { useBatches } from '../state/batches.ts';

/** Progress is drawn in steps of this many percent: each one is an image that the browser decodes. */
const step = 5;

/** The icon with a bar below its lines: how far all running batches are, red once a task has failed; null: without. */
export function faviconOf({ running, share, failed, idle }: Overall): string | null {
  if (running === 0 || share === null || idle) return null;
  const width = (Math.floor((share * 100) / step) * step * 26) / 100;
  const colour = failed > 0 ? '%23e05a58' : '%233f9d67';
  return `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="%234f52b8"/><path d="M7 7h18M7 13h12" stroke="%23fff" stroke-width="3" stroke-linecap="round"/><rect x="3" y="19" width="26" height="9" rx="2" fill="%23fff"/><rect x="3" y="19" width="${width}" height="9" rx="2" fill="${colour}"/></svg>`;
}

/** Shows the progress on the tab of the browser. The Electron app has the taskbar for that. */
export function followFavicon(): void {
  if (bridge) return;
  const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  if (!link) return;
  const plain = link.href;
  useBatches.subscribe(({ batches }) => {
    const running = [...batches.values()].filter(({ state }) => !hasEnded(state));
    const href = faviconOf(overallOf(running)) ?? plain;
    if (link.href !== href) link.href = href;
  });
}
