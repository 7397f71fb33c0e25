import { moment, percent } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import type { Texts } from './paint.ts';
import { momentText } from './ticks.ts';

/** The words of the canvas. @param step between two ticks, milliseconds. */
export const textsOf = (step: number): Texts => ({
  worker: (worker) => t('timeline.lane', { worker }),
  busy: percent,
  moment: (ms) => momentText(ms, step),
  run: (startedAt) => t('timeline.run', { at: moment(startedAt) }),
});
