import type { Touched } from '../../shared/contract/actions.ts';
import { PoolboardError } from '../../shared/errors.ts';
import type { InputSource, ListSource } from '../../shared/inputs.ts';
import { columnTexts } from '../../shared/json-column.ts';
import type { BatchId } from '../../shared/task.ts';
import { type TaskSelection, taskQuerySchema } from '../../shared/views.ts';
import type { BatchRun } from '../batches/batch-run.ts';
import { keptInputs } from '../batches/check-spec.ts';
import { readable } from '../store/readable.ts';
import type { Store, StoredBatch } from '../store/store.ts';

/** What an action will touch, and what a batch was made of. Throws `NO_SUCH_BATCH`. */
export interface ActionsApi {
  /** `open`: all that have not ended; `unsuccessful`: all that did not succeed. */
  touched(batch: BatchId, tasks: TaskSelection | 'unsuccessful' | 'open'): Promise<Touched>;
  /** All inputs of a batch. Throws `TOO_MANY_INPUTS` where a list of them is longer than can be handed over. */
  inputs(batch: BatchId): Promise<InputSource>;
}

/** Inputs of a list that are handed over at most, and their characters. */
const mostInputs = 250_000;
const mostCharacters = 64_000_000;
/** Inputs that are read at once. */
const pageInputs = 10_000;

const pending = taskQuerySchema.parse({ filter: 'pending' });

export class BatchActions implements ActionsApi {
  readonly #store: Store;
  readonly #runs: ReadonlyMap<BatchId, BatchRun>;
  readonly #get: (id: BatchId) => Promise<StoredBatch>;

  /** @param runs the batches that this program runs: what runs is pending in the store. */
  constructor(
    store: Store,
    runs: ReadonlyMap<BatchId, BatchRun>,
    get: (id: BatchId) => Promise<StoredBatch>,
  ) {
    this.#store = store;
    this.#runs = runs;
    this.#get = get;
  }

  async touched(id: BatchId, tasks: TaskSelection | 'unsuccessful' | 'open'): Promise<Touched> {
    const run = this.#runs.get(id);
    const asked = tasks === 'open' ? { query: pending } : tasks;
    const isOfRunning = asked !== 'unsuccessful' && 'query' in asked && asked.query.filter === 'running';
    const stored = await this.#store.touched(id, asked);
    if (!run) return stored;
    const running = run.running();
    if (isOfRunning) {
      const first = running
        .slice(0, 5)
        .map(({ index, input }) => ({ index, input: readable(String(input)), state: 'running' as const }));
      return { counts: { ...stored.counts, running: running.length }, first };
    }
    const indices = new Set(running.map(({ index }) => index));
    const isIn = asked !== 'unsuccessful' && 'indices' in asked ? new Set(asked.indices) : null;
    const among = isIn ? running.filter(({ index }) => isIn.has(index)).length : running.length;
    const moved = tasks === 'open' || isIn ? Math.min(among, stored.counts.pending) : 0;
    return {
      counts: { ...stored.counts, pending: stored.counts.pending - moved, running: moved },
      first: stored.first.map((task) => (indices.has(task.index) ? { ...task, state: 'running' } : task)),
    };
  }

  async inputs(id: BatchId): Promise<InputSource> {
    const batch = await this.#get(id);
    const { inputs } = batch.spec;
    const kept = inputs.kind === 'list' ? inputs.values : inputs.kind === 'files' ? inputs.paths : [];
    if (kept.length < keptInputs) return inputs;
    if (!batch.enumerated) return (await this.#store.wholeSpec(id)).inputs;
    // As many were kept as there were: the list may have been longer. Its inputs are the batch's tasks.
    if (inputs.kind === 'list') return { ...inputs, values: await this.#values(batch), given: undefined };
    if (inputs.kind !== 'files') return inputs;
    return { ...inputs, paths: (await this.#values(batch)) as string[], given: undefined };
  }

  async #values({ id, name, total }: StoredBatch) {
    const values: ListSource['values'] = [];
    let characters = 0;
    while (values.length < total) {
      const { inputs, indices } = await this.#store.readInputs(id, values.length, pageInputs);
      if (indices.length === 0) break;
      characters += inputs.length;
      if (total > mostInputs || characters > mostCharacters) throw tooMany(name, total);
      for (const text of columnTexts(inputs, indices.length)) values.push(JSON.parse(text));
    }
    return values;
  }
}

function tooMany(name: string, total: number): PoolboardError {
  return new PoolboardError(
    'TOO_MANY_INPUTS',
    `The ${total} inputs of ${name} are too many to be listed again: export them, and give that file as rows.`,
  );
}
