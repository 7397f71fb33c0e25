import type { TaskRow } from '../../shared/views.ts';
import type { Mark } from '../parts/state-mark.tsx';
import { count } from '../words/numbers.ts';
import { t } from '../words/t.ts';

/** A task's state as it is shown. */
export interface StateWords {
  mark: Mark;
  /** Which of the state colours. */
  tone: Mark;
  word: string;
  /** What there is to add: how it crashed, when it is attempted again. */
  more: string | null;
}

type Known = Pick<TaskRow, 'state' | 'outcome' | 'how' | 'worker' | 'retry'>;

/**
 * A task's state in words: a failed one tells how its last attempt ended, a waiting one that was attempted before
 * tells of the next attempt, counting down to it.
 */
export function stateWords({ state, outcome, how, worker, retry }: Known, now: number): StateWords {
  const plain = (word: string, more: string | null = null): StateWords => ({
    mark: state,
    tone: state,
    word,
    more,
  });
  if (state === 'pending' && retry) {
    return { mark: 'retrying', tone: 'retrying', word: t('retrying.word'), more: retryWords(retry, now) };
  }
  if (state !== 'failed') return plain(t(`task.state.${state}`));
  if (outcome === 'timeout') return plain(t('task.timed-out'));
  if (outcome !== 'crash') return plain(t('task.state.failed'));
  const details = [how, worker === null ? null : t('crashed.worker', { worker: count(worker) })].filter(
    Boolean,
  );
  return plain(t('task.crashed'), details.length === 0 ? null : `(${details.join(', ')})`);
}

/** "2 of 3, in 4 s": the next attempt, and whole seconds until it, rounded up. */
export function retryWords({ attempt, of, at }: NonNullable<TaskRow['retry']>, now: number): string {
  const seconds = Math.ceil((at - now) / 1000);
  const which = t('retrying.which', { attempt: count(attempt), of: count(of) });
  return seconds > 0 ? t('retrying.in', { which, wait: waitWords(seconds) }) : t('retrying.now', { which });
}

function waitWords(seconds: number): string {
  if (seconds < 100) return t('retrying.seconds', { seconds: count(seconds) });
  return t('retrying.minutes', { minutes: count(Math.ceil(seconds / 60)) });
}
