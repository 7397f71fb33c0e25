import { availableParallelism } from 'node:os';
import { PoolboardError, toErrorInfo } from '../../shared/errors.ts';
import type { OutputPiece } from '../../shared/task.ts';
import type { LoadableDefinition } from '../../shared/wire.ts';
import type { Launcher } from '../launcher.ts';
import { forkLauncher } from '../launchers/fork.ts';
import { Executor, type JobHandle } from '../pool/executor.ts';
import type { JobEnd, TaskSource } from '../pool/job.ts';
import { launcherFor, runtimeOf } from '../pool/runtimes.ts';
import { AsyncResult, type ResultCallbacks } from './async-result.ts';
import { IterableSource } from './iterable-source.ts';
import { QueueSource } from './queue-source.ts';
import { ResultStream } from './result-stream.ts';
import { errorOf, type TaskError, terminatedError } from './task-error.ts';
import { type AnyFunction, type Callable, type TaskFile, toDefinition } from './task-function.ts';
import { type ValueListener, ValueSink } from './value-sink.ts';

export interface PoolOptions {
  /** Worker processes, at most; each is started when there is work for it. Default: the cores of this machine. */
  workers?: number;
  /** Called in each worker before its first task. */
  initializer?: AnyFunction | TaskFile;
  /** The initializer's arguments. Default: none. */
  initargs?: unknown[];
  /** A worker is replaced after this many tasks. Default: never. */
  maxTasksPerWorker?: number;
  /** Told of what tasks print, as they print it. Default: it is printed by this process too. */
  onOutput?: (piece: OutputPiece) => void;
  /** How workers are started. Default: `child_process.fork`. */
  launcher?: Launcher;
}

export interface MapOptions {
  /** Tasks sent to a worker in one message. Default: `auto`, from the measured task time. */
  chunkSize?: number | 'auto';
}

export interface ResultOptions<Out> extends MapOptions {
  /** Called with each result as it comes, in the order in which tasks end. `ms`: how long its task took. */
  onResult?: (value: Out, index: number, ms: number) => void;
}

/** From `terminate` asking a worker to end until it is killed, milliseconds: time to run a `teardown`, not a task. */
const terminateMs = 200;

type Inputs<In> = Iterable<In> | AsyncIterable<In>;

/**
 * A pool of worker processes: Python's `multiprocessing.Pool`, for JavaScript, TypeScript and Python functions.
 *
 * Results arrive by promises, callbacks or async iteration. Inputs and results travel by structured clone. A
 * worker that dies fails the task that it ran (a `TaskError` named `WorkerCrash`) and is replaced.
 *
 * `await using pool = new Pool()` terminates the pool at the end of the block, as `with Pool() as pool` does;
 * otherwise end it with `close` and `join`, or with `terminate`.
 */
export class Pool {
  readonly #options: PoolOptions;
  readonly #executor: Executor;
  /** One open job for each function of `applyAsync`. */
  readonly #queues = new Map<unknown, CallQueue>();
  /** Jobs that have not ended. */
  readonly #active = new Set<Promise<void>>();
  #state: 'open' | 'closed' | 'terminated' = 'open';

  /** Throws `BAD_OPTION`. */
  constructor(options: PoolOptions = {}) {
    const { workers = availableParallelism(), launcher = forkLauncher() } = options;
    if (!Number.isInteger(workers) || workers < 1) {
      throw new PoolboardError('BAD_OPTION', `A pool has 1 worker or more, not ${workers}.`);
    }
    this.#options = options;
    this.#executor = new Executor({ size: workers, launcher: launcherFor(launcher), runtimeOf });
  }

  /** Calls `fn(...args)` in a worker. Rejects with its error. */
  apply<Args extends unknown[], Out>(
    fn: ((...args: Args) => Out) | TaskFile,
    args?: Args,
  ): Promise<Awaited<Out>> {
    return this.applyAsync(fn, args).get();
  }

  /** Calls `fn(...args)` in a worker; the callbacks hear of the result or the error the moment it is there. */
  applyAsync<Args extends unknown[], Out>(
    fn: ((...args: Args) => Out) | TaskFile,
    args?: Args,
    callbacks: ResultCallbacks<Awaited<Out>> = {},
  ): AsyncResult<Awaited<Out>> {
    this.#checkOpen();
    const result = new AsyncResult<Awaited<Out>>(callbacks);
    this.#queueOf(fn).call(args ?? [], result as AsyncResult<unknown>);
    return result;
  }

  /** The result for each input, in the order of the inputs. Rejects with the first error, once all have ended. */
  map<In, Out>(
    fn: Callable<In, Out>,
    inputs: Inputs<In>,
    options?: ResultOptions<Awaited<Out>>,
  ): Promise<Awaited<Out>[]> {
    return this.mapAsync(fn, inputs, options).get();
  }

  /** As {@link map}, with callbacks that hear of the whole list, or of the first error. */
  mapAsync<In, Out>(
    fn: Callable<In, Out>,
    inputs: Inputs<In>,
    options: ResultOptions<Awaited<Out>> & ResultCallbacks<Awaited<Out>[]> = {},
  ): AsyncResult<Awaited<Out>[]> {
    return this.#collect(fn, inputs, options as CollectOptions, false) as AsyncResult<Awaited<Out>[]>;
  }

  /** As {@link map}, where each input is the list of the function's arguments. */
  starmap<Args extends unknown[], Out>(
    fn: ((...args: Args) => Out) | TaskFile,
    inputs: Inputs<Args>,
    options?: ResultOptions<Awaited<Out>>,
  ): Promise<Awaited<Out>[]> {
    return this.starmapAsync(fn, inputs, options).get();
  }

  /** As {@link mapAsync}, where each input is the list of the function's arguments. */
  starmapAsync<Args extends unknown[], Out>(
    fn: ((...args: Args) => Out) | TaskFile,
    inputs: Inputs<Args>,
    options: ResultOptions<Awaited<Out>> & ResultCallbacks<Awaited<Out>[]> = {},
  ): AsyncResult<Awaited<Out>[]> {
    return this.#collect(fn, inputs, options as CollectOptions, true) as AsyncResult<Awaited<Out>[]>;
  }

  /**
   * Results in the order of the inputs, each as soon as it and all before it are there. The inputs are pulled as
   * they are needed, so they may be endless; the pool waits while results are not read.
   */
  imap<In, Out>(
    fn: Callable<In, Out>,
    inputs: Inputs<In>,
    options: MapOptions = {},
  ): AsyncIterableIterator<Awaited<Out>> {
    return this.#stream(fn, inputs, options, true) as AsyncIterableIterator<Awaited<Out>>;
  }

  /** As {@link imap}, in the order in which tasks end. */
  imapUnordered<In, Out>(
    fn: Callable<In, Out>,
    inputs: Inputs<In>,
    options: MapOptions = {},
  ): AsyncIterableIterator<Awaited<Out>> {
    return this.#stream(fn, inputs, options, false) as AsyncIterableIterator<Awaited<Out>>;
  }

  /** Takes no more tasks; those that it has are done. */
  close(): void {
    if (this.#state === 'open') this.#state = 'closed';
    for (const queue of this.#queues.values()) queue.close();
  }

  /** Resolves when all tasks have ended and the workers are gone. Throws `STILL_OPEN` before `close`. */
  async join(): Promise<void> {
    if (this.#state === 'open')
      throw new PoolboardError('STILL_OPEN', 'Close or terminate the pool, then join it.');
    while (this.#active.size > 0) await Promise.all(this.#active);
    await this.#executor.close();
  }

  /** Ends all tasks and all workers now. What has not ended rejects with `TERMINATED`. */
  async terminate(): Promise<void> {
    this.#state = 'terminated';
    await this.#executor.close(terminateMs);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.terminate();
  }

  // --- jobs ----------------------------------------------------------------------------------------------

  #collect(
    fn: unknown,
    inputs: Inputs<unknown>,
    options: CollectOptions,
    spread: boolean,
  ): AsyncResult<unknown[]> {
    this.#checkOpen();
    const result = new AsyncResult<unknown[]>(options);
    const source = new IterableSource(inputs);
    const values: unknown[] = [];
    let firstError: Error | null = null;
    const { onResult } = options;
    this.#run(fn, spread, options, source, {
      value(index, value, ms) {
        // Without a gap, for an array with a large one becomes a hash table. It is filled with this value, and not
        // with undefined, for a list of numbers is kept as numbers as long as nothing else was ever in it.
        while (values.length < index) values.push(value);
        values[index] = value;
        onResult?.(value, index, ms);
      },
      error(_, error) {
        firstError ??= error;
      },
      finished(end) {
        const error = firstError ?? source.failure ?? errorOf(end);
        if (error) result.reject(error);
        else result.resolve(values);
      },
    });
    return result;
  }

  #stream(fn: unknown, inputs: Inputs<unknown>, options: MapOptions, ordered: boolean): ResultStream {
    this.#checkOpen();
    const source = new IterableSource(inputs);
    const stream = new ResultStream(ordered, source);
    stream.begin(this.#run(fn, false, options, source, stream));
    return stream;
  }

  #queueOf(fn: unknown): CallQueue {
    const known = this.#queues.get(fn);
    if (known) return known;
    const queue = new CallQueue();
    this.#run(fn, true, {}, queue.source, queue);
    this.#queues.set(fn, queue);
    return queue;
  }

  #run(
    fn: unknown,
    spread: boolean,
    options: MapOptions,
    source: TaskSource,
    listener: ValueListener,
  ): JobHandle {
    const ended = Promise.withResolvers<void>();
    this.#active.add(ended.promise);
    const finished = (end: JobEnd) => {
      this.#active.delete(ended.promise);
      listener.finished(end);
      ended.resolve();
    };
    const { initializer, initargs = [], maxTasksPerWorker } = this.#options;
    const job = this.#executor.submit({
      definition: toDefinition(fn),
      params: {},
      encoding: 'clone',
      spread,
      initializer: initializer && {
        definition: toDefinition(initializer) as LoadableDefinition,
        args: initargs,
      },
      options: { chunkSize: options.chunkSize ?? 'auto', maxTasksPerWorker, retries: 0 },
      source,
      sink: new ValueSink(withFinished(listener, finished), this.#options.onOutput ?? print),
    });
    job.prepared.then(
      () => job.start(),
      (error) => finished({ reason: 'stopped', error: toErrorInfo(error) }),
    );
    return job;
  }

  #checkOpen(): void {
    if (this.#state !== 'open')
      throw new PoolboardError('POOL_CLOSED', 'The pool is closed: it takes no more tasks.');
  }
}

type CollectOptions = ResultOptions<unknown> & ResultCallbacks<unknown[]>;

/** The calls of one function through `applyAsync`: one job that stays open for as long as the pool does. */
class CallQueue implements ValueListener {
  readonly source = new QueueSource();
  readonly #results = new Map<number, AsyncResult<unknown>>();
  /** Why no call can be made any more. */
  #failure: Error | null = null;

  call(args: unknown[], result: AsyncResult<unknown>): void {
    if (this.#failure) result.reject(this.#failure);
    else this.#results.set(this.source.push(args), result);
  }

  close(): void {
    this.source.close();
  }

  value(index: number, value: unknown): void {
    this.#take(index)?.resolve(value);
  }

  error(index: number, error: TaskError): void {
    this.#take(index)?.reject(error);
  }

  finished(end: JobEnd): void {
    this.#failure = errorOf(end) ?? terminatedError();
    for (const result of this.#results.values()) result.reject(this.#failure);
    this.#results.clear();
  }

  #take(index: number): AsyncResult<unknown> | undefined {
    const result = this.#results.get(index);
    this.#results.delete(index);
    return result;
  }
}

function withFinished(listener: ValueListener, finished: (end: JobEnd) => void): ValueListener {
  return {
    value: (index, value, ms) => listener.value(index, value, ms),
    error: (index, error) => listener.error(index, error),
    finished,
    get full() {
      return listener.full ?? false;
    },
  };
}

function print({ stream, text }: OutputPiece): void {
  (stream === 'stderr' ? process.stderr : process.stdout).write(text);
}
