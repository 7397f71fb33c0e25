import { z } from 'zod';
import { type BatchSummary, batchSpecSchema, maxWorkers } from './batch.ts';
import { actions } from './contract/actions.ts';
import { compare } from './contract/compare.ts';
import { errors } from './contract/errors.ts';
import { exportFormats, exportNumberSchema, exports, resultsViewSchema } from './contract/exports.ts';
import { logs } from './contract/logs.ts';
import { presets } from './contract/presets.ts';
import { queue } from './contract/queue.ts';
import { results } from './contract/results.ts';
import { stats } from './contract/stats.ts';
import { whenDone } from './contract/when-done.ts';
import { type DefinitionDescription, definitionSchema } from './definition.ts';
import { type InputPreview, inputSourceSchema } from './inputs.ts';
import { call, callWithout, event } from './rpc.ts';
import type { BatchId } from './task.ts';
import {
  type PoolView,
  type StorageView,
  type TaskDetail,
  type TaskPage,
  taskQuerySchema,
  taskSelectionSchema,
} from './views.ts';

/**
 * Everything that the window can ask of its host, and all that the host tells it. The Electron app and the
 * web host answer the same contract; what differs (native dialogs, uploads) is a call like any other.
 */

const batchId = z.int().positive();
const taskIndex = z.int().min(0);

/** What the window shows now, so that the host sends changes of that and nothing else. */
export const watchSchema = z.object({
  batch: batchId,
  query: taskQuerySchema,
  /** Rows on screen: the first one's position among those that match, and how many. */
  from: z.int().min(0),
  count: z.int().min(0).max(1000),
  /** The task whose side panel is open. */
  detail: taskIndex.nullable(),
});
export type Watch = z.input<typeof watchSchema>;

export { type ExportFormat, exportFormats } from './contract/exports.ts';

export const exportRequestSchema = z.object({
  batch: batchId,
  format: z.enum(exportFormats),
  query: taskQuerySchema,
  /** What the results tab shows is exported, instead of the tasks that match `query`. */
  results: resultsViewSchema.optional(),
  /** Of CSV: begins with the mark by which Excel knows that it is UTF-8. */
  mark: z.boolean().default(false),
  number: exportNumberSchema.optional(),
});

/** How an export from the window ended. The Electron app saves a file, the web host offers a download. */
export type ExportOutcome =
  | { kind: 'saved'; path: string; rows: number }
  | { kind: 'download'; url: string; name: string }
  | { kind: 'canceled' };

export interface HostInfo {
  host: 'electron' | 'web';
  /** As `process.platform`. */
  platform: string;
  version: string;
  /** Cores that this machine offers. */
  cores: number;
  /** True where the host has dialogs that pick files with their paths; otherwise files are uploaded. */
  nativeDialogs: boolean;
  /** Where batches and results are kept. */
  dataDir: string;
}

/** What a person is shown before code from a file runs for the first time. */
export interface Inspection {
  /** True where this very content was accepted before, and for built-ins and commands. */
  trusted: boolean;
  file: string | null;
  /** The file's text, or the start of it where `cut`. */
  code: string | null;
  cut: boolean;
}

/** A ready batch that a first start offers. */
export interface Sample {
  title: string;
  summary: string;
  spec: z.input<typeof batchSpecSchema>;
}

export const contract = {
  host: {
    info: callWithout<HostInfo>(),
    samples: callWithout<Sample[]>(),
    /** The window speaks this language, a BCP 47 tag: so should menus, dialogs and notifications of the host. */
    speak: call<void>()(z.object({ language: z.string().min(2).max(35) })),
    /** A native dialog; paths picked, none where it was closed. Only where `nativeDialogs`. */
    pick: call<string[]>()(z.object({ what: z.enum(['files', 'folder', 'task', 'rows']) })),
    /** The application's menu or a system event asks the window to do something. */
    command: event<{
      command: 'new-batch' | 'open-paths' | 'open-batch';
      paths?: string[];
      batch?: BatchId;
    }>(),
  },
  pool: {
    view: callWithout<PoolView>(),
    setSize: call<PoolView>()(z.object({ size: z.int().min(1).max(maxWorkers) })),
    /** At most a few times a second. */
    changed: event<PoolView>(),
  },
  definitions: {
    /** The built-in tasks. */
    builtins: callWithout<DefinitionDescription[]>(),
    /** Shows the code of a definition, and whether it may run; nothing of it is run. */
    inspect: call<Inspection>()(definitionSchema),
    /** The person has seen the file's code, as `inspect` showed it, and lets it run from now on. */
    trust: call<void>()(z.object({ file: z.string().min(1), code: z.string() })),
    /** Loads a definition in a worker of its own and tells what it says of itself; an error where it cannot start, `NOT_TRUSTED` where it may not. */
    describe: call<DefinitionDescription>()(definitionSchema),
  },
  inputs: {
    /** Counts (for at most a second or so) and shows the first inputs of a source. */
    preview: call<InputPreview>()(inputSourceSchema),
  },
  batches: {
    list: callWithout<BatchSummary[]>(),
    /** Checks everything first, then starts; answers with the batch or with the exact problem. */
    submit: call<BatchSummary>()(batchSpecSchema),
    cancel: call<void>()(z.object({ batch: batchId })),
    pause: call<void>()(z.object({ batch: batchId })),
    /** Lets a paused batch go on, and finishes one that was interrupted or canceled: what has ended is kept. */
    resume: call<BatchSummary>()(z.object({ batch: batchId })),
    /** Takes no more inputs, and ends when the tasks that it has are done. */
    close: call<void>()(z.object({ batch: batchId })),
    /** Runs ended tasks again, with the batch's own settings; `unsuccessful`: all that did not succeed. */
    retry: call<BatchSummary>()(
      z.object({ batch: batchId, tasks: z.union([taskSelectionSchema, z.literal('unsuccessful')]) }),
    ),
    /** Deletes ended batches. They can be brought back for ten minutes, for as long as the program runs. */
    delete: call<void>()(z.object({ batches: z.array(batchId).min(1).max(10_000) })),
    /** Brings deleted batches back. */
    restore: call<void>()(z.object({ batches: z.array(batchId).min(1).max(10_000) })),
    export: call<ExportOutcome>()(exportRequestSchema),
    /** Batches that are new or changed, whole; about five times a second. */
    changed: event<BatchSummary[]>(),
    /** Batches that are not there any more. */
    deleted: event<{ batches: number[] }>(),
  },
  tasks: {
    /** Sets what this window watches, or nothing; answers at once through `rows` and `detail`. */
    watch: call<void>()(watchSchema.nullable()),
    /** Cancels those of the selection that have not ended; answers how many. */
    cancel: call<number>()(z.object({ batch: batchId, tasks: taskSelectionSchema })),
    rows: event<TaskPage>(),
    detail: event<TaskDetail>(),
  },
  results,
  exports,
  storage: {
    view: callWithout<StorageView>(),
    /** Ended batches are deleted this many days after their end; null: never. */
    setRetention: call<StorageView>()(z.object({ days: z.int().min(1).max(3650).nullable() })),
  },
  stats,
  errors,
  logs,
  whenDone,
  actions,
  queue,
  compare,
  presets,
};
export type PoolboardContract = typeof contract;
