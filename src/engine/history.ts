import { z } from 'zod';
import { hasEnded } from '../shared/batch.ts';
import { PoolboardError } from '../shared/errors.ts';
import type { BatchId } from '../shared/task.ts';
import type { StorageView } from '../shared/views.ts';
import { storedSummary } from './batches/stored-summary.ts';
import { noSuchBatch } from './store/batches.ts';
import type { Store } from './store/store.ts';

/** How long a deleted batch can be brought back, milliseconds. */
const restorableMs = 10 * 60_000;
/** How often it is looked for what is to be removed, milliseconds. */
const tidyEveryMs = 60_000;
const dayMs = 24 * 3_600_000;

const retentionSetting = 'retentionDays';
const retentionSchema = z.int().min(1).nullable();

/** The batches that were: how long they are kept, and their deletion, which can be undone for a while. */
export class History {
  readonly #store: Store;
  readonly #dataDir: string;
  readonly #onDeleted: (batches: BatchId[]) => void;
  readonly #timer: NodeJS.Timeout;

  /** @param onDeleted told of batches that are not listed any more. */
  constructor(store: Store, dataDir: string, onDeleted: (batches: BatchId[]) => void) {
    this.#store = store;
    this.#dataDir = dataDir;
    this.#onDeleted = onDeleted;
    this.#timer = setInterval(() => this.tidy(), tidyEveryMs).unref();
  }

  /** Deletes ended batches. Throws `STILL_RUNNING` where one is not, and `NO_SUCH_BATCH`; then none is deleted. */
  async delete(batches: BatchId[]): Promise<void> {
    for (const id of batches) {
      const stored = await this.#store.getBatch(id);
      if (!stored) throw noSuchBatch(id);
      if (hasEnded(storedSummary(stored, this.#dataDir).state)) continue;
      throw new PoolboardError('STILL_RUNNING', `Batch ${id} (${stored.name}) still runs: cancel it first.`);
    }
    await this.#store.deleteBatches(batches, Date.now());
    this.#onDeleted(batches);
  }

  async storage(): Promise<StorageView> {
    return { bytes: await this.#store.size(), retentionDays: await this.#retention() };
  }

  async setRetention(days: number | null): Promise<StorageView> {
    await this.#store.writeSetting(retentionSetting, JSON.stringify(retentionSchema.parse(days)));
    await this.#expire();
    return this.storage();
  }

  /** Deletes what is older than the retention, and removes what was deleted a while ago. Never throws. */
  tidy(): void {
    // A store that is busy or full has other worries; the next time will do.
    this.#expire()
      .then(() => this.#store.purge(Date.now() - restorableMs))
      .catch(() => {});
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #expire(): Promise<void> {
    const days = await this.#retention();
    if (days === null) return;
    const before = Date.now() - days * dayMs;
    const expired = (await this.#store.listBatches())
      .map((batch) => storedSummary(batch, this.#dataDir))
      .filter(({ state, endedAt, createdAt }) => hasEnded(state) && (endedAt ?? createdAt) < before)
      .map(({ id }) => id);
    if (expired.length === 0) return;
    await this.#store.deleteBatches(expired, Date.now());
    this.#onDeleted(expired);
  }

  async #retention(): Promise<number | null> {
    const text = await this.#store.readSetting(retentionSetting);
    const parsed = retentionSchema.safeParse(JSON.parse(text ?? 'null'));
    return parsed.success ? parsed.data : null;
  }
}
