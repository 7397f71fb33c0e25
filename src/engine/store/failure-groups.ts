import type { ErrorExample, ErrorGroup, ErrorGroups } from '../../shared/contract/errors.ts';
import { PoolboardError } from '../../shared/errors.ts';
import { type BatchId, stateCode, type TaskIndex } from '../../shared/task.ts';
import { type ErrorKind, Kinds } from '../errors/kinds.ts';
import { failedOutcome } from '../errors/outcome-code.ts';
import { requireBatch } from './batches.ts';
import type { Database } from './database.ts';
import { firstKey, indexOf, keyOf, lastKey } from './keys.ts';
import { enoughJson, readable } from './readable.ts';
import { RetriedAttempts } from './retried-attempts.ts';
import type { StoredBatch } from './store.ts';
import { toError } from './task-detail.ts';

/** Groups that are told apart; the tasks of all others are counted together. */
const mostGroups = 2000;
/** Groups that a list names. */
const mostListed = 200;
/** Batches whose groups are remembered, 6 bytes a failed task. */
const mostBatches = 3;
const sliceRows = 500;
/** Stands for all groups beyond those that are told apart. */
const other = mostGroups;

interface Group {
  kind: ErrorKind;
  key: string;
  count: number;
  firstAt: number | null;
  lastAt: number | null;
  index: TaskIndex;
  message: string;
}

/** What is known of one batch. A failed task stays as it is for as long as the batch's generation does. */
interface Grouped {
  generation: number;
  /** Failed tasks that are grouped, ascending, and the position of the group of each. */
  tasks: Uint32Array;
  groupOf: Uint16Array;
  groups: Group[];
  positions: Map<string, number>;
  /** Tasks that are to be grouped next, and how many of them are. */
  waiting: Uint32Array;
  at: number;
  retried: RetriedAttempts;
}

type FailedRow = [
  key: number,
  outcome: number | null,
  startedAt: number | null,
  ms: number | null,
  value: string,
];

const failed = stateCode('failed');
const succeeded = stateCode('succeeded');

/**
 * Groups failed tasks by the kind and place of their errors, for one connection. Only what failed since the last
 * time is read, a slice at a time, so that a batch that runs can be watched and others get their turn.
 */
export class FailureGroups {
  private readonly db: Database;
  private readonly kinds = new Kinds();
  /** The latest used last. */
  private readonly batches = new Map<BatchId, Grouped>();

  constructor(db: Database) {
    this.db = db;
  }

  /**
   * Goes on grouping for about so many milliseconds; the groups once `enough` tasks are in one, before that how many
   * have failed. Throws `NO_SUCH_BATCH`.
   */
  list(id: BatchId, budgetMs: number, enough = Number.POSITIVE_INFINITY): ErrorGroups | number {
    const batch = requireBatch(this.db, id);
    const grouped = this.of(batch);
    const isDone = this.advance(batch, grouped, performance.now() + budgetMs, enough);
    return isDone ? this.view(batch, grouped) : batch.counts.failed;
  }

  /** The tasks of a group, ascending; none where there is no such group. */
  tasks(batch: StoredBatch, key: string): Uint32Array {
    const grouped = this.of(batch);
    this.advance(batch, grouped, Number.POSITIVE_INFINITY);
    const position = grouped.groups.findIndex((group) => group.key === key);
    return position < 0
      ? new Uint32Array()
      : grouped.tasks.filter((_, at) => grouped.groupOf[at] === position);
  }

  /** Throws `NO_SUCH_BATCH`, `NO_SUCH_GROUP`. */
  example(id: BatchId, key: string): ErrorExample {
    const batch = requireBatch(this.db, id);
    const grouped = this.of(batch);
    const find = () => grouped.groups.find((each) => each.key === key);
    // Of a group that a list has named, the task that it named: others need not wait until all are grouped.
    let group = find();
    if (!group) {
      this.advance(batch, grouped, Number.POSITIVE_INFINITY);
      group = find();
    }
    if (!group)
      throw new PoolboardError('NO_SUCH_GROUP', `Batch ${id} has no such group of failures any more.`);
    const row = this.db.get<{ input: string; value: string }>(
      'SELECT tasks.input, results.value FROM results JOIN tasks ON tasks.key = results.key WHERE results.key = ?',
      keyOf(id, group.index),
    );
    return { index: group.index, input: row?.input ?? 'null', error: row ? toError(row.value) : null };
  }

  private of(batch: StoredBatch): Grouped {
    const known = this.batches.get(batch.id);
    const grouped = known?.generation === batch.generation ? known : nothing(batch.generation);
    this.batches.delete(batch.id);
    this.batches.set(batch.id, grouped);
    for (const oldest of this.batches.keys()) {
      if (this.batches.size <= mostBatches) break;
      this.batches.delete(oldest);
    }
    return grouped;
  }

  /** True once so many are grouped, or all that have failed. */
  private advance(
    batch: StoredBatch,
    grouped: Grouped,
    until: number,
    enough = Number.POSITIVE_INFINITY,
  ): boolean {
    const wanted = Math.min(enough, batch.counts.failed);
    for (;;) {
      if (grouped.at < grouped.waiting.length) this.groupSome(batch.id, grouped, until);
      if (grouped.at < grouped.waiting.length) return false;
      if (grouped.tasks.length >= wanted) break;
      const before = grouped.tasks.length;
      grouped.waiting = this.notGrouped(batch.id, grouped);
      grouped.at = 0;
      // Counts and rows are of one moment; were they not, this would not end.
      if (grouped.waiting.length === 0 && grouped.tasks.length === before) break;
    }
    return grouped.retried.advance(this.db, batch.id, this.kinds, until);
  }

  private notGrouped(id: BatchId, { tasks }: Grouped): Uint32Array {
    const row = this.db.get<{ tasks: string }>(
      `SELECT json_group_array(CAST(key - ? AS INTEGER)) AS tasks FROM results INDEXED BY unsuccessful
       WHERE state = ${failed} AND state <> ${succeeded} AND key BETWEEN ? AND ?`,
      firstKey(id),
      firstKey(id),
      lastKey(id),
    );
    const all = (JSON.parse(row!.tasks) as TaskIndex[]).sort((a, b) => a - b);
    let at = 0;
    return Uint32Array.from(
      all.filter((task) => {
        while (at < tasks.length && tasks[at]! < task) at += 1;
        return tasks[at] !== task;
      }),
    );
  }

  private groupSome(id: BatchId, grouped: Grouped, until: number): void {
    const { waiting } = grouped;
    const from = grouped.at;
    const positions: number[] = [];
    while (grouped.at < waiting.length) {
      const slice = waiting.subarray(grouped.at, grouped.at + sliceRows);
      const rows = this.db.allArrays<FailedRow>(
        `SELECT results.key, outcome, started_at, ms, results.value FROM json_each(?) AS wanted
           CROSS JOIN results ON results.key = CAST(? AS INTEGER) + wanted.value`,
        JSON.stringify([...slice]),
        firstKey(id),
      );
      for (const row of rows) positions.push(this.add(id, grouped, row));
      grouped.at += slice.length;
      if (performance.now() > until) break;
    }
    merge(grouped, waiting.subarray(from, grouped.at), positions);
  }

  /** Adds a task to its group; answers the group's position. */
  private add(id: BatchId, grouped: Grouped, [key, outcome, startedAt, ms, value]: FailedRow): number {
    const error = toError(value) ?? { name: 'Error', message: '' };
    const { kind, text } = this.kinds.of(error, failedOutcome(outcome));
    const index = indexOf(id, key);
    const endedAt = startedAt === null ? null : startedAt + (ms ?? 0);
    const position = grouped.positions.get(text);
    if (position !== undefined) {
      const group = grouped.groups[position]!;
      group.count += 1;
      if (endedAt !== null) {
        group.firstAt = Math.min(group.firstAt ?? endedAt, endedAt);
        group.lastAt = Math.max(group.lastAt ?? endedAt, endedAt);
      }
      if (index < group.index) Object.assign(group, { index, message: error.message.slice(0, 1000) });
      return position;
    }
    if (grouped.groups.length === mostGroups) return other;
    const next = grouped.groups.length;
    grouped.positions.set(text, next);
    const message = error.message.slice(0, 1000);
    const group = {
      kind,
      key: this.kinds.keyOf(kind),
      count: 1,
      firstAt: endedAt,
      lastAt: endedAt,
      index,
      message,
    };
    grouped.groups.push(group);
    return next;
  }

  private view(batch: StoredBatch, { groups, tasks, retried }: Grouped): ErrorGroups {
    const sorted = [...groups].sort((a, b) => b.count - a.count || a.index - b.index);
    const listed = sorted.slice(0, mostListed);
    const listedTasks = listed.reduce((sum, { count }) => sum + count, 0);
    const recovered = retried.recovered(this.db, batch);
    return {
      batch: batch.id,
      groups: listed.map((group) => this.groupView(batch.id, group, recovered)),
      failed: tasks.length,
      moreGroups: sorted.length - listed.length,
      moreTasks: tasks.length - listedTasks,
    };
  }

  private groupView(
    id: BatchId,
    group: Group,
    recovered: ReturnType<RetriedAttempts['recovered']>,
  ): ErrorGroup {
    const { kind, key, count, firstAt, lastAt, index, message } = group;
    const input = this.db.get<{ input: string }>(
      `SELECT substr(input, 1, ${enoughJson}) AS input FROM tasks WHERE key = ?`,
      keyOf(id, index),
    )?.input;
    return {
      ...kind,
      key,
      count,
      firstAt,
      lastAt,
      index,
      input: input === undefined ? '' : readable(input),
      message: message.toWellFormed(),
      ...(recovered.get(key) ?? { retried: 0, recovered: 0 }),
    };
  }
}

const nothing = (generation: number): Grouped => ({
  generation,
  tasks: new Uint32Array(),
  groupOf: new Uint16Array(),
  groups: [],
  positions: new Map(),
  waiting: new Uint32Array(),
  at: 0,
  retried: new RetriedAttempts(),
});

/** Adds tasks, ascending, to those that are grouped. */
function merge(grouped: Grouped, added: Uint32Array, positions: number[]): void {
  const { tasks, groupOf } = grouped;
  const all = new Uint32Array(tasks.length + added.length);
  const groups = new Uint16Array(all.length);
  let old = 0;
  let fresh = 0;
  for (let at = 0; at < all.length; at++) {
    const isOld = fresh === added.length || (old < tasks.length && tasks[old]! < added[fresh]!);
    all[at] = isOld ? tasks[old]! : added[fresh]!;
    groups[at] = isOld ? groupOf[old]! : positions[fresh]!;
    if (isOld) old += 1;
    else fresh += 1;
  }
  grouped.tasks = all;
  grouped.groupOf = groups;
}
