import { Worker } from 'node:worker_threads';
import { PoolboardError } from '../../shared/errors.ts';
import { storeThreadEntry } from '../entries.ts';
import type { StoreCalls } from './operations.ts';
import { movedId, openedId, type StoreReply, type StoreRequest, type StoreThreadData } from './protocol.ts';

interface Waiter {
  resolve: (result: unknown) => void;
  reject: (error: Error) => void;
}

/** A thread with its own connection to the database, called like a function from this one. */
export class StoreThread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiter>();
  private readonly file: string;
  private readonly onMoved: () => void;
  private readonly opened: Promise<unknown>;
  private readonly ended: Promise<void>;
  private lastId = openedId;
  private closing: Promise<void> | null = null;
  private gone: PoolboardError | null = null;

  /** @param onMoved called before the answer to the request that found that the path leads to another file now. */
  constructor(data: StoreThreadData, onMoved: () => void = () => {}) {
    this.file = data.file;
    this.onMoved = onMoved;
    // No flags of the process are passed on: some of them are refused by a thread.
    this.worker = new Worker(storeThreadEntry, {
      workerData: data,
      name: `store ${data.role}`,
      execArgv: [],
      // Messages are garbage as soon as they are written: a small nursery bounds them, and costs nothing.
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    });
    this.opened = new Promise((resolve, reject) => this.waiting.set(openedId, { resolve, reject }));
    // Where nobody waits for it, the first request says why.
    this.opened.catch(() => {});
    this.ended = new Promise((resolve) => this.worker.once('exit', () => resolve()));
    this.worker.on('message', (reply: StoreReply) => this.settle(reply));
    this.worker.on('error', (error) => this.end(error));
    this.worker.on('exit', () => this.end());
  }

  /** Resolves when the database is open. Throws a `PoolboardError` where it cannot be. */
  async whenOpen(): Promise<void> {
    try {
      await this.opened;
    } catch (error) {
      await this.worker.terminate();
      throw error;
    }
  }

  call<Name extends keyof StoreCalls>(
    name: Name,
    ...args: Parameters<StoreCalls[Name]>
  ): Promise<ReturnType<StoreCalls[Name]>> {
    if (this.closing) return Promise.reject(this.closed());
    return this.request(name, args) as Promise<ReturnType<StoreCalls[Name]>>;
  }

  /** It could not be opened, or it died: it answers no call any more. */
  get isGone(): boolean {
    return this.gone !== null;
  }

  /** Finishes what was asked before, then ends the thread; that also where it throws what went wrong at its end. */
  close(): Promise<void> {
    this.closing ??= this.gone
      ? Promise.resolve()
      : this.request('close', [])
          .then(() => {})
          .finally(() => this.ended);
    return this.closing;
  }

  private request(name: StoreRequest['name'], args: unknown[]): Promise<unknown> {
    if (this.gone) return Promise.reject(this.gone);
    return new Promise((resolve, reject) => {
      const id = ++this.lastId;
      // First, for it throws where an argument cannot be cloned.
      this.worker.postMessage({ id, name, args } satisfies StoreRequest);
      this.waiting.set(id, { resolve, reject });
      // The process stays alive for an answer, and not for a store that someone forgot to close.
      this.worker.ref();
    });
  }

  private settle(reply: StoreReply): void {
    if (reply.id === movedId) {
      this.onMoved();
      return;
    }
    const waiter = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (this.waiting.size === 0 && !this.closing) this.worker.unref();
    if ('error' in reply) {
      const error = new PoolboardError(reply.error.code, reply.error.message);
      if (reply.id === openedId) this.end(error);
      waiter?.reject(error);
    } else {
      waiter?.resolve(reply.result);
    }
  }

  private end(cause?: unknown): void {
    this.gone ??= cause instanceof PoolboardError ? cause : this.closing ? this.closed() : this.died(cause);
    for (const waiter of this.waiting.values()) waiter.reject(this.gone);
    this.waiting.clear();
  }

  private closed(): PoolboardError {
    return new PoolboardError('STORE_CLOSED', `The store ${this.file} is closed.`);
  }

  private died(cause: unknown): PoolboardError {
    const why = cause instanceof Error ? cause.message : 'its thread ended';
    return new PoolboardError('STORE_FAILED', `The store ${this.file} stopped: ${why}.`, { cause });
  }
}
