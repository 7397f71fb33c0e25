import type { Engine } from '../engine/api.ts';
import type { BatchSummary } from '../shared/batch.ts';
import { toErrorInfo } from '../shared/errors.ts';
import { taskQuerySchema } from '../shared/views.ts';
import { type Commands, endSentence, nextLines } from './end-lines.ts';
import { exitStatusOf, exitUsage } from './exit-status.ts';
import { failureLines } from './failures.ts';
import type { Progress } from './progress/progress.ts';
import type { FollowRequest } from './requests.ts';
import type { Terminal } from './terminal.ts';
import { written } from './written.ts';

const everything = taskQuerySchema.parse({});
const shownFailures = 5;

interface Finishing {
  request: FollowRequest;
  terminal: Terminal;
  progress: Progress;
  commands: Commands;
  /** Why results could not be printed any more. */
  broken: NodeJS.ErrnoException | undefined;
}

/** Exports a batch that has ended, and tells how it ended. Resolves with the exit status. */
export async function finish(
  engine: Engine,
  ended: BatchSummary,
  { request, terminal, progress, commands, broken }: Finishing,
): Promise<number> {
  const { id } = ended;
  let status = exitStatusOf(ended);
  const lines = [endSentence(ended)];
  if (ended.counts.failed > 0) {
    const failures = await engine.errors.groups(id);
    lines.push(...failureLines(failures, shownFailures, terminal.stderr.columns ?? 200));
  }
  if (request.exportTo) {
    const { path, format } = request.exportTo;
    try {
      const rows = await engine.exports.toFile({ batch: id, format, query: everything }, path);
      const { what, verb } = written(format, rows);
      lines.push(`${what} ${verb} in ${path}.`);
    } catch (error) {
      status = exitUsage;
      progress.error(toErrorInfo(error));
      lines.push(`The results are kept; write them elsewhere with: ${commands('export', id, '-o FILE')}`);
    }
  }
  // `| head` has seen enough: there is nothing to say about that.
  if (broken && broken.code !== 'EPIPE') {
    status = exitUsage;
    progress.error({ message: `Results cannot be written to standard output: ${broken.message}.` });
  }
  lines.push(...nextLines(ended, commands), `See all of it with: ${commands('show', id)}`);
  progress.end(ended, status, lines);
  return status;
}
