import type { BatchSummary } from '../shared/batch.ts';
import { formatBytes, formatCount, formatDuration } from '../shared/format.ts';
import { exitOk } from './exit-status.ts';
import { print } from './print.ts';
import { oneLine } from './printable.ts';
import type { ListRequest } from './requests.ts';
import { taskText } from './show-lines.ts';
import { type Column, tableLines } from './table.ts';
import type { Terminal } from './terminal.ts';
import { dateAndTime } from './when.ts';
import { withEngine } from './with-engine.ts';

/** `poolboard list` */
export function list(request: ListRequest, terminal: Terminal): Promise<number> {
  return withEngine(request.dataDir, async (engine) => {
    const all = request.batch === null ? await engine.list() : [await engine.get(request.batch)];
    const batches = all.filter((batch) => matches(batch, request.search));
    if (request.json)
      await print(
        terminal,
        batches.map((batch) => JSON.stringify(batch)),
      );
    else if (all.length === 0) terminal.stderr.write('There are no batches yet.\n');
    else if (batches.length === 0)
      terminal.stderr.write(`No batch has "${request.search}" in its name, task or state.\n`);
    else await print(terminal, listLines(batches, terminal.stdout.columns ?? Number.POSITIVE_INFINITY));
    return exitOk;
  });
}

/** Whether a batch has a text in its name, task or state, ignoring case. */
export function matches({ name, state, spec }: BatchSummary, search: string): boolean {
  const texts = [name, taskText(spec.definition), state];
  return texts.some((text) => text.toLowerCase().includes(search.toLowerCase()));
}

/** The batches as a table. */
export function listLines(batches: readonly BatchSummary[], width: number, now = Date.now()): string[] {
  return tableLines(batches, columns(now), width);
}

const columns = (now: number): Column<BatchSummary>[] => [
  { title: 'BATCH', text: ({ id }) => String(id), align: 'right' },
  { title: 'STATE', text: ({ state }) => state },
  { title: 'NAME', text: ({ name }) => oneLine(name, 60), flexible: true },
  { title: 'DONE', text: doneText, align: 'right' },
  {
    title: 'FAILED',
    text: ({ counts }) => (counts.failed > 0 ? formatCount(counts.failed) : ''),
    align: 'right',
  },
  { title: 'STARTED', text: ({ startedAt, createdAt }) => dateAndTime(startedAt ?? createdAt) },
  {
    title: 'TOOK',
    text: ({ state, startedAt, endedAt }) =>
      startedAt === null || (endedAt === null && state === 'interrupted')
        ? ''
        : formatDuration(Math.max(0, (endedAt ?? now) - startedAt)),
    align: 'right',
  },
  { title: 'SIZE', text: ({ bytes }) => formatBytes(bytes), align: 'right', optional: true },
];

function doneText({ counts, total }: BatchSummary): string {
  const done = counts.succeeded + counts.failed + counts.skipped;
  return done === total ? formatCount(total) : `${formatCount(done)}/${formatCount(total)}`;
}
