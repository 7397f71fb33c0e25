import { type BatchSummary, hasEnded } from '../shared/batch.ts';
import { formatCount, formatDuration, formatRate } from '../shared/format.ts';
import type { BatchId } from '../shared/task.ts';
import { printable } from './printable.ts';

/** How a batch ended, in a sentence. */
export function endSentence(summary: BatchSummary): string {
  const { counts, total, startedAt, createdAt, endedAt, rate, state, error } = summary;
  const took = formatDuration(Math.max(0, (endedAt ?? Date.now()) - (startedAt ?? createdAt)));
  // A program that was killed could not say when.
  const interrupted = endedAt === null ? 'Interrupted.' : `Interrupted after ${took}.`;
  const speed = rate === null ? '' : ` (${formatRate(rate)})`;
  const parts = [
    counts.succeeded === total ? '' : `${formatCount(counts.succeeded)} succeeded`,
    counts.failed > 0 ? `${formatCount(counts.failed)} failed` : '',
    counts.canceled > 0 ? `${formatCount(counts.canceled)} canceled` : '',
    counts.skipped > 0 ? `${formatCount(counts.skipped)} skipped` : '',
    counts.pending + counts.running > 0 ? `${formatCount(counts.pending + counts.running)} not run` : '',
  ].filter(Boolean);
  const tasks = total === 1 ? '1 task' : `${formatCount(total)} tasks`;
  const detail = parts.length === 0 ? `${tasks} succeeded` : `${tasks}: ${parts.join(', ')}`;
  if (error) return `Stopped after ${took}: ${printable(error.message)} ${detail}.`;
  if (state === 'canceled') return `Canceled after ${took}. ${detail}.`;
  if (state === 'interrupted') return `${interrupted} ${detail}.`;
  return `${detail} in ${took}${speed}.`;
}

/** A command line for a batch: `poolboard retry 12 --failed`. */
export type Commands = (command: string, id: BatchId, more?: string) => string;

/** Command lines as one would type them, with the data folder where it is not the default one. */
export function commandsFor(dataDir: string, defaultDataDir: string): Commands {
  const folder = dataDir === defaultDataDir ? '' : ` --data-dir ${shellWord(dataDir)}`;
  return (command, id, more) => `poolboard ${command} ${id}${more ? ` ${more}` : ''}${folder}`;
}

/** What one may want to do next with a batch that has ended, a sentence each. */
export function nextLines({ id, state, counts }: BatchSummary, commands: Commands): string[] {
  const { failed, canceled, skipped } = counts;
  if (!hasEnded(state)) return [];
  return [
    ...(state === 'interrupted' || state === 'canceled' ? [`Finish it with: ${commands('resume', id)}`] : []),
    ...(failed > 0 ? [`Run what failed again with: ${commands('retry', id, '--failed')}`] : []),
    ...(canceled + skipped > 0 && state === 'completed'
      ? [`Run all that did not succeed with: ${commands('retry', id)}`]
      : []),
  ];
}

const shellWord = (text: string): string =>
  /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
