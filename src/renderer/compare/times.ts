import { count } from '../words/numbers.ts';
import { t } from '../words/t.ts';

/** How many times as long the second took: `2.1×`, or `÷35` where it took less. Empty where that means nothing. */
export function timesText(before: number, after: number): string {
  if (before <= 0 || after <= 0) return '';
  const ratio = after / before;
  return ratio >= 0.95
    ? t('compare.times', { ratio: digits(ratio) })
    : t('compare.divided', { ratio: digits(1 / ratio) });
}

/** Two digits that count. */
const digits = (ratio: number): string =>
  ratio >= 100 ? count(Math.round(ratio)) : ratio >= 9.95 ? String(Math.round(ratio)) : ratio.toFixed(1);
