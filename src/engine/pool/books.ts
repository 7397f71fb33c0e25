import type { ErrorInfo } from '../../shared/errors.ts';
import { columnTexts } from '../../shared/json-column.ts';
import { outcomeCode, stateCode, type TaskIndex } from '../../shared/task.ts';
import type { ResultsMessage } from '../../shared/wire.ts';
import { pickAttempts, replaceValue } from './columns.ts';
import type { InFlightChunk } from './in-flight.ts';
import type { EndedAttempts, TaskBlock } from './job.ts';
import type { JobState } from './job-state.ts';
import { canceledError, oneEnded, statesOf, timeoutError } from './outcomes.ts';
import type { WorkerSlot } from './worker-slot.ts';

/** The books: which attempts ended how, which task is tried again. Each task leaves them in one final state. */

const ok = outcomeCode('ok');
const canceled = outcomeCode('canceled');
const pending = stateCode('pending');

interface Held {
  chunk: InFlightChunk;
  position: number;
}

/** Where tasks stood in their chunks. They end in order, mostly, so a few stretches stand for thousands of them. */
class Places {
  readonly #stretches: { chunk: InFlightChunk; from: number; count: number }[] = [];

  add(chunk: InFlightChunk, position: number): void {
    const last = this.#stretches.at(-1);
    if (last?.chunk === chunk && last.from + last.count === position) last.count += 1;
    else this.#stretches.push({ chunk, from: position, count: 1 });
  }

  inputs(): unknown[] {
    return this.#stretches.flatMap(({ chunk, from, count }) => chunk.inputsAt(from, count));
  }
}

/** Books a worker's results. Answers those that are its own to give; null where none is. */
export function acceptResults(
  slot: WorkerSlot,
  job: JobState,
  message: ResultsMessage,
): EndedAttempts | null {
  const { indices, outcomes, startedAt, ms, output } = message;
  const columns = { outcomes, states: statesOf(outcomes), values: message.values };
  const places = new Places();
  let accepted = 0;
  /** The positions of those accepted, once one was not. */
  let keep: number[] | null = null;
  let attempts: number[] | undefined;
  let total = 0;
  let chunk: InFlightChunk | undefined;
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (chunk?.first !== index) chunk = slot.chunkOf(job.id, index);
    // Taken back meanwhile, or never started when its job was cancelled: not a result.
    const position = chunk?.end(index) ?? -1;
    if (!chunk || (job.phase === 'canceling' && outcomes[i] === canceled && startedAt[i] === 0)) {
      keep ??= Array.from({ length: i }, (_, before) => before);
      continue;
    }
    keep?.push(i);
    places.add(chunk, position);
    accepted += 1;
    total += ms[i]!;
    if (outcomes[i] !== ok) bookFailure(job, index, { chunk, position }, i, columns);
    if (job.asked.size > 0) job.asked.delete(index);
    const attempt = job.attempts.get(index) ?? 1;
    if (attempt > 1) {
      attempts ??= indices.map(() => 1);
      attempts[i] = attempt;
    }
    if (columns.states[i] === pending) job.attempts.set(index, attempt + 1);
    else if (attempt > 1) job.attempts.delete(index);
  }
  slot.done += accepted;
  job.measured(total, accepted);
  if (accepted === 0) return null;
  const inputs = () => places.inputs();
  const all = { worker: slot.number, indices, ...columns, startedAt, ms, attempts, output, inputs };
  return keep ? pickAttempts(all, keep) : all;
}

/** An attempt that did not succeed: was it asked to stop, is it tried again? Changes the columns in place. */
function bookFailure(
  job: JobState,
  index: TaskIndex,
  { chunk, position }: Held,
  i: number,
  columns: Pick<EndedAttempts, 'outcomes' | 'states' | 'values'>,
): void {
  const { outcomes, states } = columns;
  if (outcomes[i] === canceled && job.asked.get(index) === 'timeout') {
    outcomes[i] = outcomeCode('timeout');
    states[i] = stateCode('failed');
    const error = timeoutError(job.spec.options.timeoutMs!);
    columns.values = replaceValue(columns.values, outcomes.length, i, error);
  }
  if (outcomes[i] === canceled) {
    if (isInterrupted(job)) states[i] = pending;
    return;
  }
  if (!mayRetry(job, index)) return;
  states[i] = pending;
  job.requeued.push({ index, input: chunk.inputAt(position), alone: false });
}

/** The program ends, not the batch: what ran is attempted again when the batch is resumed. */
function isInterrupted(job: JobState): boolean {
  return job.phase === 'canceling' && job.end.reason === 'interrupted';
}

function mayRetry(job: JobState, index: TaskIndex): boolean {
  return job.phase === 'running' && (job.attempts.get(index) ?? 1) <= job.spec.options.retries;
}

/** Books an attempt that the pool itself ended: its worker died, or was killed. `since`: when it started. */
export function endByPool(
  job: JobState,
  slot: WorkerSlot,
  { index, input, since }: { index: TaskIndex; input: unknown; since: number },
  outcome: 'crash' | 'canceled' | 'timeout',
  error: ErrorInfo,
): void {
  const { encoding, sink } = job.spec;
  const attempt = job.attempts.get(index) ?? 1;
  const ended = oneEnded(slot.number, index, outcome, error, { encoding, startedAt: since, input, attempt });
  job.asked.delete(index);
  if (isInterrupted(job)) {
    ended.states[0] = pending;
  } else if (outcome !== 'canceled' && mayRetry(job, index)) {
    ended.states[0] = pending;
    job.attempts.set(index, attempt + 1);
    // Alone: a task that killed one worker may kill the next, with all that it holds.
    job.requeued.push({ index, input, alone: true });
  } else {
    job.attempts.delete(index);
  }
  sink.ended(ended);
}

/** The end of a task that was cancelled while it waited. */
export function canceledUnstarted(job: JobState, index: TaskIndex, input: unknown): EndedAttempts {
  const attempt = job.attempts.get(index) ?? 1;
  const { encoding } = job.spec;
  return oneEnded(0, index, 'canceled', canceledError, { encoding, startedAt: 0, input, attempt });
}

/** The tasks of a block but those that were cancelled before they were sent. */
export function withoutCanceled(job: JobState, block: TaskBlock): TaskBlock {
  const { inputs, indices } = block;
  const keep = indices.flatMap((index, i) => (job.canceledAhead.delete(index) ? [] : [i]));
  if (keep.length === indices.length) return block;
  const values = typeof inputs === 'string' ? columnTexts(inputs, indices.length) : inputs;
  const kept = keep.map((i) => values[i]);
  return {
    indices: keep.map((i) => indices[i]!),
    inputs: typeof inputs === 'string' ? kept.join('\n') : kept,
  };
}

/** True where the worker still holds a task that was asked to stop. */
export function isAsked(slot: WorkerSlot, job: JobState): boolean {
  for (const index of job.asked.keys()) if (slot.chunks.some((chunk) => chunk.holds(index))) return true;
  return false;
}
