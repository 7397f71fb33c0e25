import type { BatchSummary } from '../../shared/batch.ts';
import {
  contract,
  type ExportFormat,
  type ExportOutcome,
  type HostInfo,
  type PoolboardContract,
  type Sample,
} from '../../shared/contract.ts';
import { PoolboardError } from '../../shared/errors.ts';
import { createDispatcher, type Emit, type Handlers, type ReplyMessage } from '../../shared/rpc.ts';
import type { BatchId } from '../../shared/task.ts';
import type { Engine } from '../api.ts';
import type { ExportRow } from '../store/store.ts';
import { actionCalls } from './action-calls.ts';
import { exportName } from './export-name.ts';
import { createPacer } from './pacer.ts';
import { statsCalls } from './stats-calls.ts';
import { Trust } from './trust.ts';
import { createWatcher } from './watcher.ts';

/** What a host with a window (the Electron app, the web host) brings besides the engine. */
export interface HostOptions {
  engine: Engine;
  info: HostInfo;
  samples: () => Sample[] | Promise<Sample[]>;
  /** Opens a native dialog; the paths picked, none where it was closed. Absent where there are no dialogs. */
  pick?: (what: PickKind) => Promise<string[]>;
  exportTo: (job: ExportJob) => Promise<ExportOutcome>;
}

export type PickKind = 'files' | 'folder' | 'task' | 'rows';

/** One export that a window asked for. */
export interface ExportJob {
  batch: BatchSummary;
  format: ExportFormat;
  /** A file name to offer, valid on every platform. */
  name: string;
  /** Whole rows that the window's query matches, a slice at a time; each call reads them anew. */
  rows: () => AsyncIterable<ExportRow[]>;
}

/** Answers the contract of `src/shared/contract.ts` with an engine. */
export interface Host {
  /** Adds a window. `emit` sends it an event; it is not called after `close`. */
  connect(emit: Emit<PoolboardContract>): HostConnection;
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

/** Least milliseconds between two `batches.changed`, and two `pool.changed`, to one window. */
const batchesIntervalMs = 100;
const poolIntervalMs = 250;

/** Makes the face that windows connect to. */
export function createHost(options: HostOptions): Host {
  const trust = new Trust(options.info.dataDir);
  return { connect: (emit) => connect(options, trust, emit) };
}

function connect(options: HostOptions, trust: Trust, emit: Emit<PoolboardContract>): HostConnection {
  const { engine } = options;

  let changed = new Map<BatchId, BatchSummary>();
  const batches = createPacer(batchesIntervalMs, () => {
    const summaries = [...changed.values()];
    changed = new Map();
    emit('batches.changed', summaries);
  });
  const pool = createPacer(poolIntervalMs, () => emit('pool.changed', engine.pool()));
  const watcher = createWatcher(engine, emit);

  const unsubscribe = engine.on((event) => {
    if (event.type === 'pool') pool.request();
    else if (event.type === 'presets') emit('presets.changed', event.presets);
    else if (event.type === 'deleted') {
      for (const id of event.batches) changed.delete(id);
      emit('batches.deleted', { batches: event.batches });
    } else if (event.type === 'tasks') watcher.changed(event.batch);
    else {
      changed.set(event.batch.id, event.batch);
      batches.request();
      watcher.changed(event.batch.id);
    }
  });

  const dispatch = createDispatcher(contract, handlersOf(options, trust, watcher.watch));
  return {
    handle: (message) => dispatch(message, undefined),
    close() {
      unsubscribe();
      batches.close();
      pool.close();
      watcher.close();
    },
  };
}

function handlersOf(
  { engine, info, samples, pick, exportTo }: HostOptions,
  trust: Trust,
  watch: Handlers<PoolboardContract, undefined>['tasks']['watch'],
): Handlers<PoolboardContract, undefined> {
  return {
    host: {
      info: () => info,
      samples: () => offer(samples, trust),
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
      async export({ batch: id, format, query }) {
        const batch = await engine.get(id);
        const rows = () => engine.exportRows(id, query);
        return exportTo({ batch, format, name: exportName(batch, format), rows });
      },
    },
    tasks: { watch, cancel: ({ batch, tasks }) => engine.cancelTasks(batch, tasks) },
    ...actionCalls(engine),
    stats: statsCalls(engine),
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
