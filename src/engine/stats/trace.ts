import type { BatchSummary } from '../../shared/batch.ts';
import type { ErrorInfo } from '../../shared/errors.ts';
import { attemptOutcomes } from '../../shared/task.ts';
import { readable } from '../store/readable.ts';
import type { TracedRow } from '../store/stats.ts';
import { Tracks } from './tracks.ts';

/** Characters of an input that name its slice. */
const nameCharacters = 80;

/**
 * Writes attempts as a trace of the Trace Event Format (its JSON object form), which Perfetto and
 * `chrome://tracing` open: a complete event (`ph: "X"`) for each attempt, with the batch as its process and the
 * worker as its thread. Times are microseconds since the batch started.
 */
export class TraceText {
  readonly #batch: BatchSummary;
  readonly #origin: number;
  readonly #tracks = new Tracks();
  #isFirst = true;

  constructor(batch: BatchSummary) {
    this.#batch = batch;
    this.#origin = batch.startedAt ?? batch.createdAt;
  }

  /** What stands before the events. */
  start(): string {
    const { id, name } = this.#batch;
    const more = { batch: id, name, startedAt: new Date(this.#origin).toISOString() };
    const head = `{"displayTimeUnit":"ms","otherData":${JSON.stringify(more)},"traceEvents":[`;
    return head + this.#event({ name: 'process_name', ph: 'M', pid: id, tid: 0, args: { name } });
  }

  /** The events of some attempts; of tasks of one worker that ran at once, each gets a thread of its own. */
  events(rows: TracedRow[]): string {
    return rows.map((row) => this.#attempt(row)).join('');
  }

  end(): string {
    return '\n]}\n';
  }

  #attempt([index, worker, startedAt, ms, , outcome, attempt, input, errorText]: TracedRow): string {
    const { track, from, to, isNew } = this.#tracks.place(worker, startedAt - this.#origin, ms);
    const pid = this.#batch.id;
    // Threads are numbered as the workers are; further ones of a worker far behind all workers.
    const tid = track === 0 ? worker : track * 1000 + worker;
    const how = attemptOutcomes[outcome]!;
    let text = '';
    if (isNew) {
      const name = track === 0 ? `worker ${worker}` : `worker ${worker} (${track + 1})`;
      text += this.#event({ name: 'thread_name', ph: 'M', pid, tid, args: { name } });
      const place = { sort_index: worker * 1000 + track };
      text += this.#event({ name: 'thread_sort_index', ph: 'M', pid, tid, args: place });
    }
    const error = errorText === null || how === 'ok' ? null : (JSON.parse(errorText) as ErrorInfo | null);
    return (
      text +
      this.#event({
        name: readable(input).slice(0, nameCharacters).toWellFormed(),
        cat: how,
        ph: 'X',
        ts: microseconds(from),
        dur: microseconds(to - from),
        pid,
        tid,
        args: {
          task: index,
          attempt,
          outcome: how,
          input: readable(input),
          ...(error && { error: `${error.name}: ${error.message}` }),
        },
      })
    );
  }

  #event(event: TraceEvent): string {
    const text = `${this.#isFirst ? '' : ','}\n${JSON.stringify(event)}`;
    this.#isFirst = false;
    return text;
  }
}

interface TraceEvent {
  name: string;
  /** `X`: complete, with a duration. `M`: metadata. */
  ph: 'X' | 'M';
  pid: number;
  tid: number;
  cat?: string;
  ts?: number;
  dur?: number;
  args: Record<string, unknown>;
}

/** To the nanosecond, which is what readers of the format keep. */
const microseconds = (ms: number): number => Math.round(ms * 1e6) / 1e3;
