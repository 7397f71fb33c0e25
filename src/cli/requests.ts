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

export interface RunRequest {
  command: 'run';
  definition: TaskDefinition;
  inputs: InputSource;
  params: [key: string, value: string][];
  options: Partial<BatchOptions>;
  exportTo: ExportTarget | null;
  ordered: boolean;
  dryRun: boolean;
  progress: ProgressKind;
  dataDir: string;
}

export interface ListRequest {
  command: 'list';
  batch: BatchId | null;
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
  | ListRequest
  | ShowRequest
  | ExportRequest
  | TasksRequest
  | ServeRequest
  /** `--help` and `--version`. */
  | { command: 'print'; text: string };
