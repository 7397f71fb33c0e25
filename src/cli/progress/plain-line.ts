import { formatCount } from '../../shared/format.ts';
import { clock, countText, etaText, type Figures, percentText, rateText, retryingText } from './figures.ts';

/** One line of `--progress plain`, for logs: `73%, 7,312 of 10,000, 3 failed, 184 /s, 0:41, 0:13 to 0:17 left`. */
export function plainLine(figures: Figures, locale?: string): string {
  const { fraction, failed, retrying, paused, rate, eta, elapsedMs } = figures;
  return [
    fraction !== null && percentText(fraction),
    countText(figures, locale),
    failed > 0 && `${formatCount(failed, locale)} failed`,
    retrying > 0 && retryingText(retrying, locale),
    paused && 'paused',
    rate !== null && rateText(rate, locale),
    clock(elapsedMs, locale),
    eta && etaText(eta, locale),
  ]
    .filter(Boolean)
    .join(', ');
}
