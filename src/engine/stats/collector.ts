import { type LaneMark, laneKinds, laneMarks } from '../../shared/contract/stats.ts';
import { attemptOutcomes, outcomeCode, stateCode, taskStates } from '../../shared/task.ts';
import type { EndedAttempts } from '../pool/job.ts';
import type { Standing } from '../pool/standing.ts';
import { Buckets } from './buckets.ts';
import { binOf, bins } from './histogram.ts';
import { Lane } from './lane.ts';
import { RunTime } from './run-time.ts';

/** Buckets of the timeline: 2,048 of 10 ms at first, which is 20 s. */
const timelineBuckets = 2048;
const timelineWidthMs = 10;
/** The charts' are four times as wide. */
const chartBuckets = 512;

/** Seen for longer than this, a standing is not believed: the machine slept, or the program could not run. */
const blindMs = 2000;

const pending = stateCode('pending');
const failed = stateCode('failed');
const crash = outcomeCode('crash');
const canceledKind = laneKinds.indexOf('canceled');
const failedKind = laneKinds.indexOf('failed');
const retriedKind = laneKinds.indexOf('retried');
const failures = laneMarks.indexOf('failures');
const retries = laneMarks.indexOf('retries');
const deaths = laneMarks.indexOf('deaths');

/** The kind of an attempt, by the codes of its task's state and its outcome. */
const kinds = Uint8Array.from({ length: taskStates.length * attemptOutcomes.length }, (_, code) =>
  kindCode(Math.floor(code / attemptOutcomes.length), code % attemptOutcomes.length),
);

export const kindOf = (state: number, outcome: number): number =>
  kinds[state * attemptOutcomes.length + outcome]!;

function kindCode(state: number, outcome: number): number {
  const how = attemptOutcomes[outcome]!;
  // An attempt that succeeded did so, also where its task was run again later.
  if (how === 'ok') return laneKinds.indexOf('succeeded');
  if (how === 'canceled') return canceledKind;
  return state === pending ? retriedKind : failedKind;
}

/**
 * Measures a batch while it runs, in memory that does not grow with it. Fed with columns of attempts: a task
 * costs some twenty nanoseconds and no object.
 */
export class Collector {
  readonly time: RunTime;
  /** Run time up to which something was measured, milliseconds. */
  length = 0;
  readonly buckets = new Buckets(timelineBuckets, timelineWidthMs);
  readonly charts = new Buckets(chartBuckets, (timelineWidthMs * timelineBuckets) / chartBuckets);
  readonly lanes: Lane[] = [];
  /** Time that workers could have used, worker milliseconds; and parts of it, by why idle ones were idle. */
  readonly capacity = this.buckets.sums();
  readonly startup = this.buckets.sums();
  readonly held = this.buckets.sums();
  readonly input = this.buckets.sums();
  readonly end = this.buckets.sums();
  /** Attempts that began in each bucket, and the tasks that ran in it. */
  readonly attempts = this.buckets.sums();
  readonly indices = this.buckets.range();
  readonly ended = this.charts.sums();
  readonly failedTasks = this.charts.sums();
  readonly durations = this.charts.counts(bins);
  /** Of the program itself. */
  readonly own = new Lane(0, this.buckets, this.charts);
  readonly #byWorker: (Lane | undefined)[] = [];
  #seen: { at: number; standing: Standing } | null = null;

  constructor(time = new RunTime()) {
    this.time = time;
    this.buckets.onFold = () => {
      for (const lane of this.lanes) lane.settle(this.buckets.width, timelineBuckets);
    };
  }

  /** @param startedAt of a run, milliseconds since the epoch. */
  begin(startedAt: number): void {
    this.time.begin(this.length, startedAt);
    this.#seen = null;
  }

  lane(worker: number): Lane {
    const known = this.#byWorker[worker];
    if (known) return known;
    const lane = new Lane(worker, this.buckets, this.charts);
    this.#byWorker[worker] = lane;
    this.lanes.push(lane);
    this.lanes.sort((a, b) => a.worker - b.worker);
    return lane;
  }

  /** Counts attempts that ended. */
  add({ worker, indices, outcomes, states, startedAt, ms, attempts }: EndedAttempts): void {
    const { runs } = this.time;
    const run = runs[runs.length - 1];
    // Those of worker 0 were canceled where they waited.
    if (!run || worker === 0) return;
    const lane = this.lane(worker);
    const offset = run.at - run.startedAt;
    const { buckets, charts } = this;
    // Columns stay the same arrays while they are folded: read once, not for each task.
    const begun = this.attempts.values;
    const least = this.indices.least.values;
    const most = this.indices.most.values;
    const ended = this.ended.values;
    const durations = this.durations.values;
    let { length } = this;
    let room = buckets.width * buckets.capacity;
    for (let i = 0; i < indices.length; i++) {
      const start = startedAt[i]!;
      if (start === 0 || attempts?.[i] === 0) continue;
      const from = Math.max(run.at, start + offset);
      const duration = ms[i]!;
      const to = Math.max(from, start + offset + duration);
      if (to > length) {
        length = to;
        if (to >= room) {
          this.#reach(to);
          room = buckets.width * buckets.capacity;
        }
      }
      const state = states[i]!;
      const outcome = outcomes[i]!;
      const kind = kinds[state * attemptOutcomes.length + outcome]!;
      const index = indices[i]!;
      const first = Math.floor(from / buckets.width);
      const last = Math.floor(to / buckets.width);
      const busy = lane.busy[kind] ?? lane.busyOf(kind);
      begun[first]! += 1;
      if (first === last) busy.values[first]! += to - from;
      else buckets.spread(busy, from, to);
      for (let bucket = first; bucket <= last; bucket++) {
        if (index < least[bucket]!) least[bucket] = index;
        if (index > most[bucket]!) most[bucket] = index;
      }
      const point = Math.floor(to / charts.width);
      if (state !== pending) ended[point]! += 1;
      if (kind !== canceledKind) durations[point * bins + binOf(duration)]! += 1;
      if (kind !== failedKind && kind !== retriedKind) continue;
      this.#didNot(lane, last, point, state);
      if (outcome === crash) this.#died(lane, last, to);
    }
    this.length = length;
  }

  /**
   * Tells how the batch stands now; what was told last is taken to have been so until now.
   * @param epoch milliseconds since the epoch.
   */
  see(epoch: number, standing: Standing): void {
    const now = this.time.now(epoch);
    const before = this.#seen;
    this.#seen = { at: now, standing };
    this.#reach(now);
    if (!before || now <= before.at) return;
    const { buckets } = this;
    const { reason, workers, starting } = before.standing;
    buckets.spread(this.capacity, before.at, now, workers);
    if (starting > 0) buckets.spread(this.startup, before.at, now, starting);
    const why = now - before.at > blindMs ? 'held' : reason;
    if (why !== null) buckets.spread(this[why], before.at, now, workers);
  }

  /** A worker's CPU, cores, and memory, bytes, now. Worker 0 is the program itself. */
  sample(epoch: number, worker: number, cpu: number | null, memory: number | null): void {
    const now = this.time.now(epoch);
    this.#reach(now);
    const lane = worker === 0 ? this.own : this.lane(worker);
    lane.sample(Math.floor(now / this.charts.width), cpu, memory);
  }

  /** A worker has another process now: it was replaced, unless it has died. */
  replaced(epoch: number, worker: number): void {
    const lane = this.lane(worker);
    if (lane.deaths > 0) lane.deaths -= 1;
    else lane.recycledAt = this.mark(epoch, worker, 'recycles');
  }

  /** Something happened to a worker now. Answers when that is, milliseconds of the run. */
  mark(epoch: number, worker: number, mark: LaneMark): number {
    const now = this.time.now(epoch);
    this.#reach(now);
    this.lane(worker).mark(mark, Math.floor(now / this.buckets.width));
    return now;
  }

  #reach(ms: number): void {
    if (ms <= this.length) return;
    this.length = ms;
    this.buckets.reach(ms);
    this.charts.reach(ms);
  }

  #didNot(lane: Lane, bucket: number, point: number, state: number): void {
    if (state === failed) this.failedTasks.values[point]! += 1;
    markIn(lane, state === pending ? retries : failures, bucket);
  }

  #died(lane: Lane, bucket: number, at: number): void {
    markIn(lane, deaths, bucket);
    if (lane.recycledAt !== null && at <= lane.recycledAt) {
      // That was its replacement: its process was seen before its death was on disk.
      lane.mark('recycles', Math.floor(lane.recycledAt / this.buckets.width), -1);
      lane.recycledAt = null;
    } else lane.deaths += 1;
  }
}

function markIn(lane: Lane, mark: number, bucket: number): void {
  lane.mark(laneMarks[mark]!, bucket);
}
