import type { BatchSpec, BatchSpecInput } from '../../shared/batch.ts';
import { PoolboardError } from '../../shared/errors.ts';
import type { BatchId } from '../../shared/task.ts';
import type { TaskSelection } from '../../shared/views.ts';
import type { SubmitOptions } from '../api.ts';
import { InputRoots, inputsAway } from '../machine/input-roots.ts';
import type { Executor, JobHandle } from '../pool/executor.ts';
import type { JobSpec } from '../pool/job.ts';
import { withInterpreter } from '../pool/runtimes.ts';
import type { Store, StoredBatch } from '../store/store.ts';
import { BatchRun, type RunHooks } from './batch-run.ts';
import { brief, checkCommand, checkSpec } from './check-spec.ts';
import { BatchConditions } from './conditions.ts';
import { type FillTools, openInputs } from './fill.ts';
import { batchName } from './name.ts';
import { reopenInputs } from './refill.ts';
import { unsaved } from './unsaved.ts';

/** What starting a batch needs of the engine. */
export interface Starting {
  store: Store;
  executor: Executor;
  /** Who runs it; see `owner.ts`. */
  owner: string;
  hooks: RunHooks;
  more: SubmitOptions;
  /** Where a batch that is to wait for the others waits. */
  lastPlace: number;
}

/** A batch that is in the store and ready to run. */
export interface Started {
  run: BatchRun;
  job: JobHandle;
  /** Lets its tasks start. */
  go: () => void;
  /** It has ended: what reads its inputs stops. */
  stop: () => void;
}

/** Starts a new batch. Everything is checked first: where it throws, nothing has run and nothing is kept. */
export async function startNew(given: BatchSpecInput, starting: Starting): Promise<Started> {
  const spec = checkSpec(given);
  const name = spec.name || batchName(spec.definition, spec.inputs);
  const batch = unsaved({
    name,
    spec: brief(spec),
    wholeSpec: spec,
    state: 'queued',
    createdAt: Date.now(),
    owner: starting.owner,
    place: spec.options.queued ? starting.lastPlace : null,
  });
  const prepared = await prepare(batch, spec, starting);
  const { run, tools, stop } = prepared;
  const filling = await openInputs(spec.inputs, tools);
  const job = submitJob(prepared, { source: filling.source });
  try {
    await job.prepared;
    checkCommand(prepared.definition, filling.first);
    await run.create();
  } catch (error) {
    job.cancel();
    stop();
    await filling.drop();
    throw error;
  }
  return { run, job, stop, go: () => void run.run(job, filling, prepared.conditions) };
}

/**
 * Goes on with a batch of the store that no program runs.
 * @param again tasks that have ended and are to run again; absent: only those that have not ended.
 * Throws `NOT_RUNNING` where another program was faster, `NOTHING_TO_RETRY`, and what keeps it from starting.
 */
export async function startAgain(
  batch: StoredBatch,
  starting: Starting,
  again?: TaskSelection | 'unsuccessful',
): Promise<Started> {
  const { store } = starting;
  const spec = batch.enumerated ? batch.spec : await store.wholeSpec(batch.id);
  const prepared = await prepare(batch, spec, starting);
  const { run, tools, stop } = prepared;
  // What the store holds by then is read once nobody else can change it.
  const filling = reopenInputs(batch, spec.inputs, tools, (sentence) => run.warn(sentence));
  const { succeeded, failed } = batch.counts;
  const job = submitJob(prepared, {
    source: filling.source,
    endedBefore: again ? undefined : { succeeded, failed },
  });
  try {
    await job.prepared;
    await claim(starting, batch);
    if (!again) await store.updateBatch(batch.id, { rest: 'pending' });
    else if ((await store.reopen(batch.id, again)) === 0) throw nothingToRetry(batch);
    if (again) await store.updateBatch(batch.id, { place: null });
    run.reopened((await store.getBatch(batch.id))!);
  } catch (error) {
    job.cancel();
    stop();
    throw error;
  }
  return { run, job, stop, go: () => void run.run(job, filling, prepared.conditions) };
}

interface Prepared {
  run: BatchRun;
  definition: JobSpec['definition'] & BatchSpec['definition'];
  spec: BatchSpec;
  conditions: BatchConditions;
  tools: FillTools;
  starting: Starting;
  stop: () => void;
}

async function prepare(batch: StoredBatch, spec: BatchSpec, starting: Starting): Promise<Prepared> {
  const { store, executor, hooks, more } = starting;
  const definition = await withInterpreter(spec.definition);
  const workers = Math.min(spec.options.workers ?? executor.size, executor.size);
  const run = new BatchRun({ batch, workers, store, hooks });
  const reading = new AbortController();
  return {
    run,
    definition,
    spec,
    starting,
    conditions: new BatchConditions(spec.options, InputRoots.of(spec.inputs)),
    tools: {
      store,
      patience: run.patience,
      enumerating: {
        warn: (sentence) => run.warn(sentence),
        stdin: more.stdin,
        signal: reading.signal,
      },
      onError: (error) => run.fail(error),
      onAway: (folder) => run.watchedAway(folder === null ? null : inputsAway(folder)),
    },
    stop: () => reading.abort(),
  };
}

function submitJob(
  { run, definition, spec, conditions, starting }: Prepared,
  more: Pick<JobSpec, 'source' | 'endedBefore'>,
): JobHandle {
  const { params, options } = spec;
  return starting.executor.submit({
    definition,
    params,
    encoding: 'json',
    options,
    sink: run.sink,
    conditions,
    ...more,
  });
}

async function claim(starting: Starting, { id, name, owner }: StoredBatch): Promise<void> {
  if (await starting.store.claim(id, owner, starting.owner)) return;
  throw new PoolboardError('NOT_RUNNING', `Another program goes on with batch ${id} (${name}) already.`);
}

function nothingToRetry({ id, name }: { id: BatchId; name: string }): PoolboardError {
  const message = `Batch ${id} (${name}) has no such task to run again.`;
  return new PoolboardError('NOTHING_TO_RETRY', message);
}
