import type { BatchOptions } from '../shared/batch.ts';
import type { ExportFormat } from '../shared/contract.ts';
import type { TaskDefinition } from '../shared/definition.ts';
import type { InputSource } from '../shared/inputs.ts';
import type { BatchId, TaskIndex } from '../shared/task.ts';
import type { TaskQuery } from '../shared/views.ts';

export const progressKinds = ['auto', 'plain', 'json', 'none'] as const;
export type ProgressKind = (typeof progressKinds)[number];

export interface ExportTarget {
  /** Absolute. */
  path: string;
  format: ExportFormat;
}

/** What all commands share that run tasks. */
export interface FollowRequest {
  exportTo: ExportTarget | null;
  ordered: boolean;
  /** See `LaunchOptions`. */
  nice: number;
  progress: ProgressKind;
  dataDir: string;
}

export interface RunRequest extends FollowRequest {
  command: 'run';
  definition: TaskDefinition;
  inputs: InputSource;
  params: [key: string, value: string][];
  options: Partial<BatchOptions>;
  dryRun: boolean;
}

export interface ResumeRequest extends FollowRequest {
  command: 'resume';
  /** Null: the latest that was interrupted. */
  batch: BatchId | null;
}

export interface RetryRequest extends FollowRequest {
  command: 'retry';
  /** Null: the latest that has something to retry. */
  batch: BatchId | null;
  /** A group of failures: its number as `show` lists it, or a text of its first error. */
  tasks: 'unsuccessful' | 'failed' | { group: string };
}

export interface DeleteRequest {
  command: 'delete';
  batches: BatchId[];
  dataDir: string;
}

export interface ListRequest {
  command: 'list';
  batch: BatchId | null;
  /** Text to find in name, task and state, ignoring case; empty for all. */
  search: string;
  json: boolean;
  dataDir: string;
}

export interface ShowRequest {
  command: 'show';
  batch: BatchId | null;
  task: TaskIndex | null;
  json: boolean;
  dataDir: string;
}

export interface ExportRequest {
  command: 'export';
  batch: BatchId | null;
  /** Null: JSON lines to standard output. */
  to: ExportTarget | null;
  filter: TaskQuery['filter'];
  dataDir: string;
}

export interface TasksRequest {
  command: 'tasks';
  /** Null: list the built-ins. */
  definition: TaskDefinition | null;
  json: boolean;
}

export interface ServeRequest {
  command: 'serve';
  /** 0: any free port. */
  port: number;
  open: boolean;
  dataDir: string;
}

/** What a command line asks for, checked as far as words can be. */
export type Request =
  | RunRequest
  | ResumeRequest
  | RetryRequest
  | DeleteRequest
  | ListRequest
  | ShowRequest
  | ExportRequest
  | TasksRequest
  | ServeRequest
  /** `--help` and `--version`. */
  | { command: 'print'; text: string };
