import { formatCount } from '../../shared/format.ts';
import { clock, countText, etaText, type Figures, percentText, rateText, retryingText } from './figures.ts';

export interface BarOptions {
  /** Columns of the terminal. */
  width: number;
  colour: boolean;
  /** Draw with block characters; otherwise with `#` and `-`. */
  unicode: boolean;
  locale?: string;
}

const leastBar = 10;
const mostBar = 40;
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

interface Part {
  text: string;
  /** The lower, the longer it stays in a narrow terminal. */
  rank: number;
  red?: boolean;
}

/**
 * One line that shows a batch: bar, share, counts, failures, retries, rate, time elapsed and time left. It is always
 * shorter than `width`; in a narrow terminal the parts go that matter least.
 */
export function barLine(figures: Figures, { width, colour, unicode, locale }: BarOptions): string {
  const { fraction, failed, retrying, paused, rate, eta, elapsedMs } = figures;
  const parts: Part[] = [{ text: countText(figures, locale), rank: 1 }];
  if (fraction !== null) parts.unshift({ text: percentText(fraction).padStart(4), rank: 0 });
  if (failed > 0) parts.push({ text: `${formatCount(failed, locale)} failed`, rank: 2, red: true });
  if (paused) parts.push({ text: 'paused', rank: 1 });
  if (retrying > 0) parts.push({ text: retryingText(retrying, locale), rank: 6 });
  if (rate !== null) parts.push({ text: rateText(rate, locale), rank: 5 });
  parts.push({ text: clock(elapsedMs, locale), rank: 4 });
  if (eta) parts.push({ text: etaText(eta, locale), rank: 3 });

  // The last column stays free: writing into it makes some terminals wrap.
  const shown = keepWhatFits(parts, width - 1);
  const texts = shown.map(({ text, red }) => (colour && red ? `\x1b[31m${text}\x1b[39m` : text)).join('  ');
  const room = width - 1 - lengthOf(shown) - 2;
  if (fraction === null || room < leastBar) return texts;
  return `${bar(fraction, Math.min(room, mostBar), unicode)}  ${texts}`;
}

/** The parts that fit, in their own order. */
function keepWhatFits(parts: Part[], room: number): Part[] {
  const kept = [...parts];
  while (lengthOf(kept) > room && kept.length > 1) {
    const least = Math.max(...kept.map(({ rank }) => rank));
    kept.splice(
      kept.findIndex(({ rank }) => rank === least),
      1,
    );
  }
  const [only] = kept;
  return only && lengthOf(kept) > room ? [{ ...only, text: only.text.slice(0, Math.max(0, room)) }] : kept;
}

const lengthOf = (parts: Part[]): number =>
  parts.reduce((sum, { text }) => sum + text.length + 2, 0) - (parts.length > 0 ? 2 : 0);

function bar(fraction: number, width: number, unicode: boolean): string {
  if (!unicode) {
    const full = Math.floor(fraction * (width - 2));
    return `[${'#'.repeat(full)}${'-'.repeat(width - 2 - full)}]`;
  }
  const steps = Math.floor(fraction * width * 8);
  const full = Math.floor(steps / 8);
  const partial = eighths[steps % 8]!;
  return `${'█'.repeat(full)}${partial}`.padEnd(width, '░');
}
