import type { BatchSummary } from '../shared/batch.ts';
import type { WhenDoneAction } from '../shared/contract/when-done.ts';
import { formatDuration } from '../shared/format.ts';
import { languageNow, say } from './words/say.ts';

/** What a notification says. */
export interface Message {
  title: string;
  body: string;
}

const counted = {
  succeeded: 'end.succeeded',
  failed: 'end.failed',
  canceled: 'end.tasks-canceled',
  skipped: 'end.skipped',
} as const;
const kinds = ['succeeded', 'failed', 'canceled', 'skipped'] as const;

/** One batch has ended. */
export function endMessage(batch: BatchSummary): Message {
  const { name, state, counts, error, startedAt, endedAt } = batch;
  const tookMs = startedAt === null || endedAt === null ? null : Math.max(1, endedAt - startedAt);
  const how = say(error ? 'end.stopped' : state === 'canceled' ? 'end.canceled' : 'end.completed');
  const what =
    tookMs === null ? how : say('end.took', { what: how, took: formatDuration(tookMs, languageNow()) });
  const figures = kinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => say(counted[kind], { count: counts[kind] }))
    .join(say('end.and'));
  return {
    title: name,
    body: say('end.text', { what, figures: error?.message ?? (figures || say('end.no-tasks')) }),
  };
}

/** A batch waits for something that a person has to put right. */
export const noticeMessage = ({ name, notice }: BatchSummary): Message => ({
  title: say('waits.title', { name }),
  body: notice?.message ?? '',
});

/** All batches have ended. */
export function allDoneMessage(batches: number, failed: number): Message {
  return {
    title: batches === 1 ? say('done.one') : say('done.all', { count: batches }),
    body:
      failed === 0
        ? say('done.none-failed')
        : say(failed === 1 ? 'done.one-failed' : 'done.failed', { count: failed }),
  };
}

/** All batches have ended, and something follows that can still be stopped. */
export const countdownMessage = (action: WhenDoneAction): Message => ({
  title: say('countdown.title'),
  body: say('countdown.text', { what: say(`countdown.${action}`) }),
});

/** The window was closed while batches run. */
export const goesOnMessage = (): Message => ({ title: say('goes-on.title'), body: say('goes-on.text') });
