import { duration } from '../words/numbers.ts';
import { t } from '../words/t.ts';

/** Less than this, milliseconds, is not written as nothing. */
const leastMs = 0.01;

/** How long an attempt took: `31 ms`, `under 0.01 ms`. */
export const taskTime = (ms: number): string =>
  ms < leastMs ? t('charts.under', { value: duration(leastMs) }) : duration(ms);

/** The same beside a scale, where there is no room for more than a figure: less than can be told is not written. */
export const scaleTime = (ms: number): string => (ms < leastMs ? '' : duration(ms));
