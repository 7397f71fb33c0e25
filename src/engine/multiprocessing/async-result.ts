import { PoolboardError } from '../../shared/errors.ts';

export interface ResultCallbacks<T> {
  /** Called with the result as soon as it is there. */
  callback?: (value: T) => void;
  /** Called with the error instead. */
  errorCallback?: (error: Error) => void;
}

/** A result that is on its way: `multiprocessing.pool.AsyncResult`. */
export class AsyncResult<T> {
  readonly #promise: Promise<T>;
  #settle!: { resolve: (value: T) => void; reject: (error: Error) => void };
  readonly #callbacks: ResultCallbacks<T>;
  #outcome: 'success' | 'failure' | null = null;

  constructor(callbacks: ResultCallbacks<T> = {}) {
    this.#callbacks = callbacks;
    this.#promise = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // An error that nobody asks for is nobody's unhandled rejection: `applyAsync` may be fire and forget.
    this.#promise.catch(() => {});
  }

  /** The result, when it is there. Rejects with the task's error, or with `TIMEOUT` after `timeoutMs`. */
  get(timeoutMs?: number): Promise<T> {
    if (timeoutMs === undefined) return this.#promise;
    const late = Promise.withResolvers<T>();
    const error = new PoolboardError('TIMEOUT', `There was no result within ${timeoutMs} ms.`);
    const timer = setTimeout(() => late.reject(error), timeoutMs);
    return Promise.race([this.#promise, late.promise]).finally(() => clearTimeout(timer));
  }

  /** Resolves when the result or the error is there, or after `timeoutMs`; never rejects. */
  async wait(timeoutMs?: number): Promise<void> {
    await this.get(timeoutMs).catch(() => {});
  }

  ready(): boolean {
    return this.#outcome !== null;
  }

  /** True where the task succeeded. Throws `NOT_READY` while it has not ended. */
  successful(): boolean {
    if (this.#outcome === null) throw new PoolboardError('NOT_READY', 'The result is not there yet.');
    return this.#outcome === 'success';
  }

  /** For the pool. */
  resolve(value: T): void {
    this.#outcome = 'success';
    this.#settle.resolve(value);
    this.#callbacks.callback?.(value);
  }

  /** For the pool. */
  reject(error: Error): void {
    this.#outcome = 'failure';
    this.#settle.reject(error);
    this.#callbacks.errorCallback?.(error);
  }
}
