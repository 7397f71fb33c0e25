import { z } from 'zod';
import type { ErrorInfo, ErrorPlace } from '../errors.ts';
import { call, event } from '../rpc.ts';
import type { BatchId, TaskIndex } from '../task.ts';

/** The failed tasks of a batch, grouped by kind and place of their errors, over all of them. */

const batch = z.int().positive();
const key = z.string().min(1).max(64);

/** How the last attempts of a group's tasks ended. */
export type FailedOutcome = 'error' | 'timeout' | 'crash';

/** Failed tasks whose errors differ in no more than numbers, paths, quoted texts, addresses and ids. */
export interface ErrorGroup {
  /** Stays the same, in other batches too; see `TaskQuery.group`. */
  key: string;
  outcome: FailedOutcome;
  name: string;
  code: string | null;
  /** The message with "…" for what differs. */
  shape: string;
  /** The first line of the user's own code in the stack. */
  place: ErrorPlace | null;
  /** Tasks. */
  count: number;
  /** When the first and the last of them ended, milliseconds since the epoch; null where that is not known. */
  firstAt: number | null;
  lastAt: number | null;
  /** The first task of the group: its index, the beginning of its input and of its message. */
  index: TaskIndex;
  input: string;
  message: string;
  /** Attempts that ended so and were followed by another one, and those of them whose task then succeeded. */
  retried: number;
  recovered: number;
}

/** Largest first; the place of a group in this list, from 1, is its number. */
export interface ErrorGroups {
  batch: BatchId;
  groups: ErrorGroup[];
  /** Failed tasks, all of them grouped. */
  failed: number;
  /** Groups beyond those that are listed, for there are too many, and their tasks. */
  moreGroups: number;
  moreTasks: number;
}

/** The error of a group's first task, whole. */
export interface ErrorExample {
  index: TaskIndex;
  /** JSON text. */
  input: string;
  error: ErrorInfo | null;
}

export const errors = {
  /** Throws `NO_SUCH_BATCH`. */
  groups: call<ErrorGroups>()(z.object({ batch })),
  /** Throws `NO_SUCH_GROUP`. */
  example: call<ErrorExample>()(z.object({ batch, group: key })),
  /** Tells this window of the groups of a batch as they change, or of none any more. Answers at once. */
  watch: call<void>()(z.object({ batch }).nullable()),
  changed: event<ErrorGroups>(),
};
