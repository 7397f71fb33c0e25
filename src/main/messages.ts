import type { BatchSummary } from '../shared/batch.ts';
import { formatCount, formatDuration } from '../shared/format.ts';

/** What a notification says. */
export interface Message {
  title: string;
  body: string;
}

const language = 'en';
const count = (value: number) => formatCount(value, language);

/** One batch has ended. */
export function endMessage(batch: BatchSummary): Message {
  const { name, state, counts, error, startedAt, endedAt } = batch;
  const tookMs = startedAt === null || endedAt === null ? null : Math.max(1, endedAt - startedAt);
  const took = tookMs === null ? '' : ` after ${formatDuration(tookMs, language)}`;
  const what = error ? 'Stopped' : state === 'canceled' ? 'Canceled' : 'Completed';
  const figures = (['succeeded', 'failed', 'canceled', 'skipped'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${count(counts[kind])} ${kind}`)
    .join(', ');
  return { title: name, body: `${what}${took}: ${error?.message ?? (figures || 'no tasks')}` };
}

/** A batch waits for something that a person has to put right. */
export const noticeMessage = ({ name, notice }: BatchSummary): Message => ({
  title: `${name} waits`,
  body: notice?.message ?? '',
});

/** All batches have ended. */
export function allDoneMessage(batches: number, failed: number): Message {
  const body =
    failed === 0 ? 'No task failed.' : `${count(failed)} ${failed === 1 ? 'task' : 'tasks'} failed.`;
  return { title: batches === 1 ? 'The batch has ended' : `All ${count(batches)} batches have ended`, body };
}

/** The window was closed while batches run. */
export const goesOnMessage: Message = {
  title: 'Poolboard goes on',
  body: 'Batches run without the window. It is in the tray; starting Poolboard again opens it too.',
};
