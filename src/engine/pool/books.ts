import type { ErrorInfo } from '../../shared/errors.ts';
import { columnTexts } from '../../shared/json-column.ts';
import {
  type AttemptOutcome,
  attemptOutcomes,
  outcomeCode,
  stateCode,
  type TaskIndex,
} from '../../shared/task.ts';
import type { ResultsMessage } from '../../shared/wire.ts';
import { pickAttempts, replaceValue } from './columns.ts';
import type { InFlightChunk } from './in-flight.ts';
import type { EndedAttempts, TaskBlock } from './job.ts';
import type { JobState } from './job-state.ts';
import { canceledError, deadlyError, oneEnded, statesOf } from './outcomes.ts';
import type { WorkerSlot } from './worker-slot.ts';

/** The books: which attempts ended how, which task is tried again. Each task leaves them in one final state. */

const ok = outcomeCode('ok');
const canceled = outcomeCode('canceled');
const pending = stateCode('pending');

interface Held {
  chunk: InFlightChunk;
  position: number;
  /** Of the attempt, milliseconds since the epoch. */
  startedAt: number;
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

/**
 * Books a worker's results. Answers those that are its own to give; null where none is.
 * @param now on the pool's clock.
 */
export function acceptResults(
  slot: WorkerSlot,
  job: JobState,
  message: ResultsMessage,
  now: number,
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
    // Taken back meanwhile, or never started when its job was canceled: not a result.
    const position = chunk?.end(index) ?? -1;
    if (!chunk || (job.phase === 'ending' && outcomes[i] === canceled && startedAt[i] === 0)) {
      keep ??= Array.from({ length: i }, (_, before) => before);
      continue;
    }
    // Asked to stop for its time, and it had not started: its worker waited for something else.
    if (outcomes[i] === canceled && startedAt[i] === 0 && job.asked.get(index) !== 'canceled') {
      keep ??= Array.from({ length: i }, (_, before) => before);
      job.asked.delete(index);
      job.requeued.unshift({ index, input: chunk.inputAt(position), alone: chunk.alone });
      continue;
    }
    keep?.push(i);
    places.add(chunk, position);
    accepted += 1;
    total += ms[i]!;
    // Attempt 0: it was canceled before it had one.
    const attempt = startedAt[i] === 0 ? 0 : job.attempts.number(index);
    if (attempt !== 1) {
      attempts ??= indices.map(() => 1);
      attempts[i] = attempt;
    }
    if (outcomes[i] !== ok)
      bookFailure(job, index, { chunk, position, startedAt: startedAt[i]! }, i, columns, now);
    else if (job.wantsDurations) job.succeededIn(ms[i]!);
    if (job.asked.size > 0) job.asked.delete(index);
    const wasAttempted = attempt !== 1 || outcomes[i] !== ok;
    if (wasAttempted && columns.states[i] !== pending) job.attempts.forget(index);
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
  held: Held,
  i: number,
  columns: Pick<EndedAttempts, 'outcomes' | 'states' | 'values'>,
  now: number,
): void {
  const { outcomes, states } = columns;
  const asked = job.asked.get(index);
  if (outcomes[i] === canceled && asked && asked !== 'canceled') {
    outcomes[i] = outcomeCode('timeout');
    states[i] = stateCode('failed');
    columns.values = replaceValue(columns.values, outcomes.length, i, asked);
  }
  if (outcomes[i] === canceled) {
    states[i] = asked ? stateCode('canceled') : stateCode(stateOfRest(job));
    return;
  }
  // It ended by itself while it was being asked: whoever canceled it does not want another attempt.
  if (asked === 'canceled') return;
  const next = afterFailure(job, index, attemptOutcomes[outcomes[i]!]!, held.startedAt);
  if (next === 'left') states[i] = stateCode(stateOfRest(job));
  if (next !== 'again') return;
  states[i] = pending;
  job.tryAgain({ index, input: held.chunk.inputAt(held.position), alone: false }, now);
}

/** What becomes of the tasks that a job leaves behind when it ends before its end. */
function stateOfRest({ phase, end }: JobState): 'pending' | 'skipped' | 'canceled' {
  if (phase !== 'ending') return 'canceled';
  if (end.reason === 'halted') return 'skipped';
  // The program ends, not the batch: what ran is attempted again when the batch is resumed.
  return end.reason === 'interrupted' ? 'pending' : 'canceled';
}

/**
 * Books that an attempt did not succeed. Its task is tried again; or it would be, but is left behind with all that
 * has not ended, for its job ends; or it was tried often enough.
 */
function afterFailure(
  job: JobState,
  index: TaskIndex,
  outcome: AttemptOutcome,
  startedAt: number,
): 'again' | 'left' | 'failed' {
  const isRunning = job.phase === 'running';
  const excuse = isRunning ? (job.spec.conditions?.excuse(startedAt) ?? null) : null;
  if (excuse) job.obstruct(excuse);
  if (!job.attempts.failed(index, outcome, job.spec.options, excuse !== null)) return 'failed';
  return isRunning ? 'again' : 'left';
}

/**
 * Books an attempt that the pool itself ended: its worker died, or was killed.
 * @param since when it started, milliseconds since the epoch.
 * @param now on the pool's clock.
 */
export function endByPool(
  job: JobState,
  slot: WorkerSlot,
  { index, input, since }: { index: TaskIndex; input: unknown; since: number },
  outcome: 'crash' | 'canceled' | 'timeout',
  error: ErrorInfo,
  now: number,
): EndedAttempts {
  const { encoding } = job.spec;
  const attempt = job.attempts.number(index);
  const wasCanceled = job.asked.get(index) === 'canceled';
  job.asked.delete(index);
  const next = outcome === 'canceled' || wasCanceled ? 'failed' : afterFailure(job, index, outcome, since);
  const isDeadly = outcome === 'crash' && next === 'failed' && job.attempts.isDeadly(index);
  const last = isDeadly ? deadlyError(error) : error;
  const ended = oneEnded(slot.number, index, outcome, last, { encoding, startedAt: since, input, attempt });
  if (next === 'again') {
    ended.states[0] = pending;
    // Alone: a task that killed one worker may kill the next, with all that it holds.
    job.tryAgain({ index, input, alone: true }, now);
  } else {
    if (next === 'left' || (outcome === 'canceled' && !wasCanceled)) {
      ended.states[0] = stateCode(stateOfRest(job));
    }
    job.attempts.forget(index);
  }
  return ended;
}

/** The ends of tasks that were canceled while they waited. */
export function canceledUnstarted(
  job: JobState,
  tasks: { index: TaskIndex; input: unknown }[],
): EndedAttempts {
  for (const { index } of tasks) job.attempts.forget(index);
  const count = tasks.length;
  const outcomes = new Uint8Array(count).fill(canceled);
  const isJson = job.spec.encoding === 'json';
  return {
    worker: 0,
    indices: tasks.map(({ index }) => index),
    outcomes,
    states: statesOf(outcomes),
    values: isJson
      ? Array(count).fill(JSON.stringify(canceledError)).join('\n')
      : Array(count).fill(canceledError),
    startedAt: new Float64Array(count),
    ms: new Float64Array(count),
    // They ended without an attempt of their own.
    attempts: Array(count).fill(0),
    output: [],
    inputs: () => tasks.map(({ input }) => input),
  };
}

/** The tasks of a block but those that were canceled before they were sent. */
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
