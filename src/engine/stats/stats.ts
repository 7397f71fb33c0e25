import type { BatchSummary } from '../../shared/batch.ts';
import {
  type ChartsView,
  laneKinds,
  type TaskAt,
  type TimelineSpans,
  type TimelineView,
} from '../../shared/contract/stats.ts';
import { attemptOutcomes, type BatchId, taskStates } from '../../shared/task.ts';
import type { EndedAttempts } from '../pool/job.ts';
import { readable } from '../store/readable.ts';
import type { AttemptRow } from '../store/stats.ts';
import type { Store } from '../store/store.ts';
import { chartsView } from './charts-view.ts';
import { Collector, kindOf } from './collector.ts';
import { type Recorded, Recorder } from './recorder.ts';
import { type RunningSpan, runningByBucket, runningSpans } from './running-time.ts';
import { restore } from './saved.ts';
import { attemptsIn, indicesIn, lanesView } from './timeline-view.ts';
import { TraceText } from './trace.ts';

export interface TimelineQuery {
  batch: BatchId;
  /** In run time, milliseconds; `to` null: up to now. */
  from: number;
  to: number | null;
  pixels: number;
}

export interface AtQuery {
  batch: BatchId;
  worker: number;
  time: number;
  /** How far beside it the attempt may be, milliseconds. */
  reach: number;
  step: 'here' | 'next' | 'previous';
}

/** What was measured of batches, and what their attempts tell. All throw `NO_SUCH_BATCH`. */
export interface StatsApi {
  timeline(query: TimelineQuery): Promise<TimelineView>;
  at(query: AtQuery): Promise<TaskAt | null>;
  charts(batch: BatchId): Promise<ChartsView>;
  /** All attempts as the text of a Chrome trace, piece by piece. */
  trace(batch: BatchSummary): AsyncIterable<TracePiece>;
}

export interface TracePiece {
  text: string;
  /** Attempts of this piece, and tasks up to its end. */
  attempts: number;
  tasks: number;
}

/** Tasks of a trace that are read at once. */
const traceTasks = 1000;

/** Attempts that a timeline shows one by one, at most; tried where there are about half as many. */
const mostSpans = 6000;
/** Of batches that have ended, so many are kept as they were read. */
const mostKept = 3;

const runningKind = laneKinds.indexOf('running');

interface Found {
  collector: Collector;
  running: RunningSpan[];
  live: boolean;
}

export interface StatsOptions {
  store: Pick<Store, 'readStats' | 'writeStats' | 'findAttempts' | 'readInputs' | 'traceSlice'>;
  /** Throws `NO_SUCH_BATCH`. Answers whether it may still change. */
  isLive: (batch: BatchId) => Promise<boolean>;
}

export class Stats implements StatsApi {
  readonly #options: StatsOptions;
  readonly #recorders = new Map<BatchId, Recorder>();
  readonly #kept = new Map<BatchId, Collector>();
  readonly #ending = new Set<Promise<void>>();

  constructor(options: StatsOptions) {
    this.#options = options;
  }

  /** Measures a batch from now on. */
  begin(batch: Recorded): void {
    this.#kept.delete(batch.id);
    this.#recorders.set(batch.id, new Recorder(batch, this.#options.store));
  }

  /** These attempts are on disk. */
  committed(batch: BatchId, ended: EndedAttempts): void {
    this.#recorders.get(batch)?.committed(ended);
  }

  /** A batch has ended. Resolves when what was measured is written. */
  async end(batch: BatchId): Promise<void> {
    const recorder = this.#recorders.get(batch);
    const ending = recorder?.end();
    if (!ending) return;
    this.#ending.add(ending);
    await ending;
    this.#ending.delete(ending);
    if (this.#recorders.get(batch) === recorder) this.#recorders.delete(batch);
  }

  /** Resolves when what was measured of all batches that have ended is written. */
  async written(): Promise<void> {
    await Promise.all(this.#ending);
  }

  async timeline({ batch, from: asked, to: until, pixels }: TimelineQuery): Promise<TimelineView> {
    const { collector, running, live } = await this.#find(batch);
    const { length, buckets } = collector;
    const to = Math.max(1, until ?? length);
    const from = Math.min(asked, to - 0.001);
    const lanes = lanesView(collector, { from, to, columns: pixels }, runningByBucket(collector, running));
    const attempts = attemptsIn(collector, { from, to });
    const spans = attempts <= mostSpans / 2 ? await this.#spans(batch, collector, running, from, to) : null;
    return {
      length,
      live,
      runs: collector.time.runs,
      from,
      to,
      columns: pixels,
      lanes,
      spans,
      attempts,
      crowded: !spans && (to - from) / pixels < buckets.width,
      mostSpans,
    };
  }

  async at({ batch, worker, time, reach, step }: AtQuery): Promise<TaskAt | null> {
    const { collector, running } = await this.#find(batch);
    if (step !== 'here') return this.#neighbour(batch, collector, running, worker, time, step);
    const ended = await this.#attempts(batch, collector, {
      from: time - reach,
      to: time + reach,
      worker,
      order: 'any',
      limit: 100,
    });
    const distance = (from: number, ms: number) => Math.max(0, from - time, time - from - ms);
    const all = [
      ...ended.map((row) => ({ from: collector.time.of(row[2]), ms: row[3], row })),
      ...running
        .filter((span) => span.worker === worker && span.from <= time + reach && span.to >= time - reach)
        .map((span) => ({ from: span.from, ms: span.to - span.from, span })),
    ];
    all.sort((a, b) => distance(a.from, a.ms) - distance(b.from, b.ms));
    const [best] = all;
    if (!best) return null;
    return 'span' in best ? ofRunning(best.span) : this.#taskAt(batch, collector, best.row);
  }

  async charts(batch: BatchId): Promise<ChartsView> {
    const { collector, running, live } = await this.#find(batch);
    return chartsView(collector, live, runningByBucket(collector, running));
  }

  async *trace(batch: BatchSummary): AsyncGenerator<TracePiece> {
    const trace = new TraceText(batch);
    yield { text: trace.start(), attempts: 0, tasks: 0 };
    for (let first = 0; first < batch.total; first += traceTasks) {
      const rows = await this.#options.store.traceSlice(batch.id, first, traceTasks);
      const tasks = Math.min(batch.total, first + traceTasks);
      yield { text: trace.events(rows), attempts: rows.length, tasks };
    }
    yield { text: trace.end(), attempts: 0, tasks: batch.total };
  }

  async #find(batch: BatchId): Promise<Found> {
    const live = await this.#options.isLive(batch);
    const recorder = this.#recorders.get(batch);
    if (recorder) {
      await recorder.ready;
      recorder.look();
      const collector = recorder.collector ?? new Collector();
      return { collector, live, running: runningSpans(collector, recorder.batch.running(), Date.now()) };
    }
    const kept = live ? undefined : this.#kept.get(batch);
    if (kept) return { collector: kept, running: [], live };
    const text = await this.#options.store.readStats(batch);
    const collector = (text === null ? null : restore(text)) ?? new Collector();
    if (!live && !this.#recorders.has(batch)) {
      this.#kept.set(batch, collector);
      const [oldest] = this.#kept.keys();
      if (this.#kept.size > mostKept) this.#kept.delete(oldest!);
    }
    return { collector, running: [], live };
  }

  async #spans(
    batch: BatchId,
    collector: Collector,
    running: RunningSpan[],
    from: number,
    to: number,
  ): Promise<TimelineSpans | null> {
    const search = { from, to, worker: null, order: 'any' as const, limit: mostSpans + 1 };
    const ended = await this.#attempts(batch, collector, search);
    if (ended.length > mostSpans) return null;
    const now = running.filter((span) => span.from <= to && span.to >= from);
    const rounded = (ms: number) => Math.round(ms * 1000) / 1000;
    return {
      worker: [...ended.map((row) => row[1]), ...now.map((span) => span.worker)],
      index: [...ended.map((row) => row[0]), ...now.map((span) => span.index)],
      from: [
        ...ended.map((row) => rounded(collector.time.of(row[2]))),
        ...now.map((span) => rounded(span.from)),
      ],
      ms: [...ended.map((row) => rounded(row[3])), ...now.map((span) => rounded(span.to - span.from))],
      kind: [...ended.map((row) => kindOf(row[4], row[5])), ...now.map(() => runningKind)],
    };
  }

  /** Attempts on disk of a stretch of the run time. */
  async #attempts(
    batch: BatchId,
    collector: Collector,
    search: {
      from: number;
      to: number;
      worker: number | null;
      order: 'any' | 'first' | 'last';
      limit: number;
    },
  ): Promise<AttemptRow[]> {
    const { from, to, limit } = search;
    // The tasks that ran then are known roughly, so that a million rows need not be looked through.
    const range = indicesIn(collector, from, to);
    if (!range) return [];
    const found: AttemptRow[] = [];
    const stretches = collector.time.stretches(from, to);
    if (search.order === 'last') stretches.reverse();
    for (const stretch of stretches) {
      if (found.length >= limit) break;
      const left = limit - found.length;
      found.push(
        ...(await this.#options.store.findAttempts(batch, { ...search, ...range, ...stretch, limit: left })),
      );
    }
    return found;
  }

  /** The first attempt of a worker that began after a moment, or the last that began before it. */
  async #neighbour(
    batch: BatchId,
    collector: Collector,
    running: RunningSpan[],
    worker: number,
    time: number,
    step: 'next' | 'previous',
  ): Promise<TaskAt | null> {
    const isNext = step === 'next';
    const order = isNext ? 'first' : 'last';
    const { buckets, length } = collector;
    const own = running.filter(
      (span) => span.worker === worker && (isNext ? span.from > time : span.from < time),
    );
    const nearest = isNext ? own.at(0) : own.at(-1);
    // Near it first, then twice and twice as far.
    for (let span = buckets.width * 2, near = time; ; span *= 4) {
      const far = isNext ? Math.min(length, time + span) : Math.max(0, time - span);
      const [from, to] = isNext
        ? [near + (near === time ? 0.0005 : 0), far]
        : [far, near - (near === time ? 0.0005 : 0)];
      const [row] =
        from > to ? [] : await this.#attempts(batch, collector, { from, to, worker, order, limit: 1 });
      if (row) {
        const at = collector.time.of(row[2]);
        const isNearer = nearest && (isNext ? nearest.from < at : nearest.from > at);
        return isNearer ? ofRunning(nearest) : this.#taskAt(batch, collector, row);
      }
      if (isNext ? far >= length : far <= 0) return nearest ? ofRunning(nearest) : null;
      near = far;
    }
  }

  async #taskAt(batch: BatchId, collector: Collector, row: AttemptRow): Promise<TaskAt> {
    const [index, worker, startedAt, ms, state, outcome, attempt] = row;
    const { inputs } = await this.#options.store.readInputs(batch, index, 1);
    return {
      index,
      worker,
      attempt,
      startedAt,
      ms,
      input: shortText(inputs),
      state: taskStates[state]!,
      outcome: attemptOutcomes[outcome]!,
      from: collector.time.of(startedAt),
    };
  }
}

function ofRunning({ index, worker, attempt, startedAt, from, to, input }: RunningSpan): TaskAt {
  return {
    index,
    worker,
    attempt,
    startedAt,
    from,
    ms: to - from,
    input: typeof input === 'string' ? shortText(input) : '',
    state: 'running',
    outcome: null,
  };
}

/** Characters of an input that a tip shows. */
const inputCharacters = 200;
const shortText = (json: string): string => readable(json).slice(0, inputCharacters);
