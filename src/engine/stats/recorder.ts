import type { BatchId } from '../../shared/task.ts';
import type { EndedAttempts, RunningFacts } from '../pool/job.ts';
import type { Standing } from '../pool/standing.ts';
import { Collector } from './collector.ts';
import { ProcessWatch, type SeenWorker } from './process-watch.ts';
import { restore, save } from './saved.ts';

/** How often it is looked at how the batch stands, milliseconds; and at what workers use. */
const lookMs = 50;
const sampleMs = 1000;
/** Least milliseconds between two writes; more for what takes more room. */
const saveMs = 5000;
const bytesPerSaveMs = 100;

/** What a recorder asks of the batch that it records. */
export interface Recorded {
  id: BatchId;
  /** It waits for its turn. */
  waits(): boolean;
  /** Something outside of the pool keeps it: the store, a drive, the machine. */
  isHeld(): boolean;
  standing(): Standing;
  running(): RunningFacts[];
  /** Workers that work for it, or for nobody. */
  workers(): SeenWorker[];
}

export interface StatsStore {
  readStats(id: BatchId): Promise<string | null>;
  writeStats(id: BatchId, body: string): Promise<void>;
}

/** Measures one batch from its start to its end, and keeps it in the store. */
export class Recorder {
  readonly batch: Recorded;
  readonly #store: StatsStore;
  /** Null until it is known what was measured in earlier runs. */
  #collector: Collector | null = null;
  #loading: Promise<void> | null = null;
  #early: EndedAttempts[] = [];
  #isOver = false;
  readonly #timer: NodeJS.Timeout;
  readonly #processes = new ProcessWatch();
  #cpu = process.cpuUsage();
  #sampledAt = performance.now();
  #saveAt = performance.now() + saveMs;

  constructor(batch: Recorded, store: StatsStore) {
    this.batch = batch;
    this.#store = store;
    this.look();
    this.#timer = setInterval(() => this.look(), lookMs).unref();
  }

  /** Resolves when it is known what was measured in earlier runs. */
  get ready(): Promise<void> {
    return this.#loading ?? Promise.resolve();
  }

  /** Null before the first look, and where the batch waits for its turn. */
  get collector(): Collector | null {
    return this.#collector;
  }

  /** These are on disk. */
  committed(ended: EndedAttempts): void {
    if (this.#collector) this.#collector.add(ended);
    else {
      this.#early.push(ended);
      this.#loading ??= this.#load();
    }
  }

  /** Looks at how the batch stands now. */
  look(): void {
    if (this.#isOver || this.batch.waits()) return;
    if (!this.#collector) {
      this.#loading ??= this.#load();
      return;
    }
    const now = Date.now();
    const standing = this.batch.standing();
    this.#collector.see(now, this.batch.isHeld() ? { ...standing, reason: 'held' } : standing);
    const workers = this.batch.workers();
    for (const { worker, isNew } of this.#processes.look(workers)) {
      if (isNew) this.#collector.mark(now, worker, 'starts');
      else this.#collector.replaced(now, worker);
    }
    if (performance.now() - this.#sampledAt >= sampleMs) this.#sample(now, workers);
    if (performance.now() >= this.#saveAt) void this.#save();
  }

  /** The batch has ended. Resolves when all is written, or cannot be. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.ready;
    this.#isOver = true;
    if (!this.#collector) return;
    this.#collector.see(Date.now(), { reason: 'end', workers: 0, starting: 0 });
    await this.#save();
  }

  async #load(): Promise<void> {
    const startedAt = Date.now();
    const standing = this.batch.standing();
    const text = await this.#store.readStats(this.batch.id).catch(() => null);
    const collector = (text === null ? null : restore(text)) ?? new Collector();
    collector.begin(startedAt);
    collector.see(startedAt, standing);
    for (const ended of this.#early) collector.add(ended);
    this.#early = [];
    this.#collector = collector;
    this.look();
  }

  #sample(now: number, workers: SeenWorker[]): void {
    const collector = this.#collector!;
    for (const { number, cpu, memoryBytes } of workers) {
      if (cpu !== null || memoryBytes !== null) collector.sample(now, number, cpu, memoryBytes);
    }
    const used = process.cpuUsage(this.#cpu);
    const elapsedMs = performance.now() - this.#sampledAt;
    this.#cpu = process.cpuUsage();
    this.#sampledAt = performance.now();
    collector.sample(now, 0, (used.user + used.system) / 1000 / elapsedMs, process.memoryUsage.rss());
  }

  async #save(): Promise<void> {
    // What is written last is what is kept.
    this.#saveAt = Number.POSITIVE_INFINITY;
    const text = save(this.#collector!);
    try {
      await this.#store.writeStats(this.batch.id, text);
    } catch {
      // A full disk holds up the batch itself, which says so; the next save has it all.
    }
    this.#saveAt = performance.now() + Math.max(saveMs, text.length / bytesPerSaveMs);
  }
}
