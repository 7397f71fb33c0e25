import type { BatchSummary } from '../../shared/batch.ts';
import { beatMs } from '../../shared/beat.ts';
import {
  contract,
  type ExportOutcome,
  type HostInfo,
  type PoolboardContract,
  type Sample,
} from '../../shared/contract.ts';
import { PoolboardError } from '../../shared/errors.ts';
import { createDispatcher, type Emit, type Handlers, type ReplyMessage } from '../../shared/rpc.ts';
import type { BatchId } from '../../shared/task.ts';
import type { Engine } from '../api.ts';
import { actionCalls } from './action-calls.ts';
import { type ErrorsCalls, errorsCalls } from './errors-calls.ts';
import { type ExportJob, exportCall } from './export-calls.ts';
import { ExportRuns } from './export-runs.ts';
import { type LogsCalls, logsCalls } from './logs-calls.ts';
import { createPacer } from './pacer.ts';
import { type Opener, resultsCalls } from './results-calls.ts';
import { statsCalls } from './stats-calls.ts';
import { Trust } from './trust.ts';
import { createWatcher, type Watcher } from './watcher.ts';
import { WhenDone, type WhenDoneActs } from './when-done.ts';
import { tellWhenDone, whenDoneCalls } from './when-done-calls.ts';

/** What a host with a window (the Electron app, the web host) brings besides the engine. */
export interface HostOptions {
  engine: Engine;
  info: HostInfo;
  samples: () => Sample[] | Promise<Sample[]>;
  /** The window speaks this language now; where the host says something outside of it. */
  speak?: (language: string) => void;
  /** Opens a native dialog; the paths picked, none where it was closed. Absent where there are no dialogs. */
  pick?: (what: PickKind) => Promise<string[]>;
  exportTo: (job: ExportJob) => Promise<ExportOutcome>;
  /** Absent where nothing can be opened outside of the window. */
  opener?: Opener;
  /** What can be done once all batches have ended. Default: nothing. */
  acts?: WhenDoneActs;
}

export type { ExportJob, Opener };
export type PickKind = 'files' | 'folder' | 'task' | 'rows';

/** Answers the contract of `src/shared/contract.ts` with an engine. */
export interface Host {
  /** Adds a window. `emit` sends it an event; it is not called after `close`. */
  connect(emit: Emit<PoolboardContract>): HostConnection;
  /** What happens when all batches have ended, the same for all windows. */
  readonly whenDone: WhenDone;
}

/** One window (or socket) that is connected to a host. */
export interface HostConnection {
  /**
   * Answers one message of the window. Never throws: a refused argument or a failed call is a reply with an
   * error; undefined where the message was no call at all.
   */
  handle(message: unknown): Promise<ReplyMessage | undefined>;
  /** Ends the connection: its watch is forgotten, no event follows. */
  close(): void;
}

/** Makes the face that windows connect to. */
export function createHost(options: HostOptions): Host {
  const trust = new Trust(options.info.dataDir);
  const whenDone = new WhenDone({ engine: options.engine, acts: options.acts ?? {} });
  return { connect: (emit) => connect(options, trust, whenDone, emit), whenDone };
}

function connect(
  options: HostOptions,
  trust: Trust,
  whenDone: WhenDone,
  emit: Emit<PoolboardContract>,
): HostConnection {
  const { engine } = options;

  let changed = new Map<BatchId, BatchSummary>();
  const batches = createPacer(beatMs, () => {
    const summaries = [...changed.values()];
    changed = new Map();
    emit('batches.changed', summaries);
  });
  const pool = createPacer(beatMs, () => emit('pool.changed', engine.pool()));
  const watcher = createWatcher(engine, emit);
  const errors = errorsCalls(engine, emit);
  const exporting = new ExportRuns();
  const logs = logsCalls(engine, exporting, options.exportTo, emit);
  const tasksChanged = (batch: BatchId) => {
    watcher.changed(batch);
    errors.changed(batch);
    logs.changed(batch);
  };

  const unsubscribe = engine.on((event) => {
    if (event.type === 'pool') pool.request();
    else if (event.type === 'presets') emit('presets.changed', event.presets);
    else if (event.type === 'deleted') {
      for (const id of event.batches) changed.delete(id);
      emit('batches.deleted', { batches: event.batches });
    } else if (event.type === 'tasks') tasksChanged(event.batch);
    else {
      changed.set(event.batch.id, event.batch);
      batches.request();
      tasksChanged(event.batch.id);
    }
  });

  const leaveWhenDone = tellWhenDone(whenDone, emit);

  const dispatch = createDispatcher(
    contract,
    handlersOf(options, trust, emit, { whenDone, watcher, exporting, errors, logs }),
  );
  return {
    handle: (message) => dispatch(message, undefined),
    close() {
      unsubscribe();
      leaveWhenDone();
      batches.close();
      pool.close();
      watcher.close();
      errors.close();
      logs.close();
      exporting.close();
    },
  };
}

/** What keeps state for one window, or, `whenDone`, for all of them. */
interface Parts {
  whenDone: WhenDone;
  watcher: Watcher;
  exporting: ExportRuns;
  errors: ErrorsCalls;
  logs: LogsCalls;
}

function handlersOf(
  { engine, info, samples, pick, opener, speak, exportTo }: HostOptions,
  trust: Trust,
  emit: Emit<PoolboardContract>,
  { whenDone, watcher, exporting, errors, logs }: Parts,
): Handlers<PoolboardContract, undefined> {
  return {
    host: {
      info: () => info,
      samples: () => offer(samples, trust),
      speak: ({ language }) => speak?.(language),
      pick({ what }) {
        if (pick) return pick(what);
        throw new PoolboardError('NO_DIALOGS', 'This host has no file dialogs: upload the files instead.');
      },
    },
    pool: {
      view: () => engine.pool(),
      setSize({ size }) {
        engine.setPoolSize(size);
        return engine.pool();
      },
    },
    definitions: {
      builtins: () => engine.builtins(),
      inspect: (definition) => trust.inspect(definition),
      trust: ({ file, code }) => trust.accept(file, code),
      async describe(definition) {
        await trust.check(definition);
        return engine.describe(definition);
      },
    },
    inputs: { preview: (source) => engine.preview(source) },
    batches: {
      list: () => engine.list(),
      async submit(spec) {
        await trust.check(spec.definition);
        return engine.submit(spec);
      },
      cancel: ({ batch }) => engine.cancel(batch),
      pause: ({ batch }) => engine.pause(batch),
      async resume({ batch }) {
        await trust.check((await engine.get(batch)).spec.definition);
        return engine.resume(batch);
      },
      close: ({ batch }) => engine.closeBatch(batch),
      async retry({ batch, tasks }) {
        await trust.check((await engine.get(batch)).spec.definition);
        return engine.retry(batch, tasks);
      },
      delete: ({ batches }) => engine.delete(batches),
      restore: ({ batches }) => engine.restore(batches),
      export: exportCall(engine, exporting, exportTo, emit),
    },
    results: resultsCalls(engine, opener),
    exports: { cancel: ({ number }) => exporting.cancel(number) },
    tasks: { watch: watcher.watch, cancel: ({ batch, tasks }) => engine.cancelTasks(batch, tasks) },
    ...actionCalls(engine),
    stats: statsCalls(engine, exporting, exportTo, emit),
    errors: errors.handlers,
    logs: logs.handlers,
    whenDone: whenDoneCalls(whenDone),
    storage: {
      view: () => engine.storage(),
      setRetention: ({ days }) => engine.setRetention(days),
    },
  };
}

/** The samples' own files need nobody's word. */
async function offer(samples: HostOptions['samples'], trust: Trust): Promise<Sample[]> {
  const offered = await samples();
  for (const { spec } of offered) if ('file' in spec.definition) await trust.acceptOwn(spec.definition.file);
  return offered;
}
