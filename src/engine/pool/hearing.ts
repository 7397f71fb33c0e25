import type { ErrorInfo } from '../../shared/errors.ts';
import type { FromWorker, JobId, LoadedDescription, ResultsMessage } from '../../shared/wire.ts';
import type { WorkerExit } from '../launcher.ts';
import { acceptResults, endByPool } from './books.ts';
import { spareIfNotAsked } from './cancel-tasks.ts';
import type { EndedAttempts } from './job.ts';
import type { JobState } from './job-state.ts';
import { judge, type Verdict } from './judge.ts';
import { canceledError, crashError, exitCalledError, hungError, startError } from './outcomes.ts';
import type { PoolCore } from './pool-core.ts';
import { unstartedChunks } from './watch.ts';
import type { WorkerSlot } from './worker-slot.ts';

/** Workers that may die while they load a definition, one after another, before its job is stopped. */
const maxStartFailures = 3;

/** What the pool does about what workers say, and about their deaths. */
export class Hearing {
  readonly #core: PoolCore;

  constructor(core: PoolCore) {
    this.#core = core;
  }

  message(slot: WorkerSlot, message: FromWorker): void {
    const core = this.#core;
    slot.gaveSign();
    // Output and progress come from a task that runs on and on, too: only what starts or ends one counts.
    if (message.type === 'results' || message.type === 'loaded' || message.type === 'fence') {
      slot.gaveNews();
    }
    switch (message.type) {
      case 'beat':
        return;
      case 'ready':
        slot.started();
        break;
      case 'stats':
        slot.stats(message.cpuMs, message.memoryBytes);
        this.#recycleByMemory(slot);
        break;
      case 'fence':
        slot.answerFence();
        return;
      case 'returned':
        this.#returned(slot, message.chunks);
        break;
      default:
        this.#ofJob(slot, message);
    }
    core.changed();
    core.schedule();
  }

  exit(slot: WorkerSlot, exit: WorkerExit): void {
    const core = this.#core;
    const wasStarting = slot.state === 'starting';
    const wasLeaving = slot.state === 'stopping';
    const wasRunning = slot.running().length > 0;
    const job = core.jobOf(slot);
    if (job && wasRunning && !slot.isLeaving) this.#blame(job, slot, exit);
    slot.state = 'gone';
    core.takeBack(slot);
    const loading = [...slot.loads].filter(([, loaded]) => !loaded).map(([id]) => core.jobs.get(id));
    for (const each of loading) {
      if (!each) continue;
      // It died before it ran anything: that is the definition's doing, or the machine's.
      if (!wasLeaving && (wasStarting || !wasRunning)) this.#startFailed(each, slot, exit);
      else if (each.phase === 'preparing') core.preparations.add(each);
    }
    if (job) core.finishIfDone(job);
    if (core.closing && core.slots.size === 0) core.closing.resolve();
    core.changed();
    core.schedule();
  }

  #ofJob(slot: WorkerSlot, message: Extract<FromWorker, { job: JobId }>): void {
    const core = this.#core;
    const job = core.jobs.get(message.job);
    if (!job) {
      // Its job is over; the worker still waits to hear that it was heard.
      if (message.type === 'results') slot.post({ type: 'ack' });
      if (message.type === 'exit-called') core.retire(slot);
      return;
    }
    switch (message.type) {
      case 'loaded':
        this.#loaded(slot, job, message.concurrency, message.description);
        return;
      case 'load-failed':
        this.#loadFailed(slot, job, message.error);
        return;
      case 'stale':
        this.#giveUpLoad(slot, job);
        if (job.phase === 'preparing') core.preparations.add(job);
        core.finishIfDone(job);
        return;
      case 'results':
        this.#results(slot, job, message);
        return;
      case 'output':
        slot.printed(message.output);
        job.spec.sink.output(message.output, slot.number);
        return;
      case 'progress':
        job.spec.sink.progress(message.index, message.progress);
        return;
      case 'running':
        slot.told(job.id, message.indices, message.startedAt);
        return;
      case 'exit-called': {
        const { index, startedAt: since } = message;
        const chunk = slot.chunkOf(job.id, index);
        // What else it runs goes on until it is gone: only then may another worker start that.
        slot.isLeaving = true;
        if (chunk) {
          const input = chunk.inputAt(chunk.end(index));
          const error = message.error ?? exitCalledError(message.code);
          const ended = endByPool(job, slot, { index, input, since }, 'crash', error, core.clock.now());
          slot.dropEndedChunks();
          this.#deliver(job, [ended]);
        }
        core.slots.retire(slot, true);
        core.needsTicks();
        core.finishIfDone(job);
        return;
      }
    }
  }

  #loaded(slot: WorkerSlot, job: JobState, concurrency: number, description: LoadedDescription): void {
    slot.loaded(job.id);
    job.startFailures = 0;
    job.concurrency = concurrency;
    job.isPrepared(description);
    // Another job may wait for this very worker.
    this.#core.preparations.goOn();
    if (this.#core.isOverfull && !slot.isAtWork) this.#core.retire(slot);
  }

  /** A module that failed to load, or was changed, stays as it is for as long as its process lives. */
  #giveUpLoad(slot: WorkerSlot, job: JobState): void {
    slot.forgetLoad(job.id);
    this.#core.takeBack(slot, job);
    this.#core.retire(slot);
  }

  #loadFailed(slot: WorkerSlot, job: JobState, error: ErrorInfo): void {
    this.#giveUpLoad(slot, job);
    this.#core.cannotRun(job, error);
    this.#core.finishIfDone(job);
  }

  #returned(slot: WorkerSlot, chunks: number[]): void {
    const job = this.#core.jobOf(slot);
    this.#core.requeue(slot.drop(chunks));
    if (job) this.#core.finishIfDone(job);
  }

  #results(slot: WorkerSlot, job: JobState, message: ResultsMessage): void {
    const core = this.#core;
    const ended = acceptResults(slot, job, message, core.clock.now());
    slot.dropEndedChunks();
    if (ended) core.deliver(job, ended);
    else if (message.output.length > 0) job.spec.sink.output(message.output, slot.number);
    if (message.output.length > 0) slot.printed(message.output);
    if (job.spec.sink.full) slot.owedAcks.push({ job: job.id });
    else slot.post({ type: 'ack' });
    if (slot.chunks.length === 0) core.emptied(slot, job);
    else spareIfNotAsked(slot, job);
    if (job.delayed.size > 0) core.needsTicks();
    core.finishIfDone(job);
  }

  /**
   * A death by a signal while loading may be bad luck, and so may the end of a worker that other jobs have left
   * something in: that is tried again. An exit of one that did nothing else is the definition's doing.
   */
  #startFailed(job: JobState, slot: WorkerSlot, exit: WorkerExit): void {
    job.startFailures += 1;
    const isItsDoing = exit.signal === null && slot.isFresh && job.phase === 'preparing';
    if (isItsDoing || job.startFailures >= maxStartFailures) {
      this.#core.cannotRun(job, startError(exit, slot.lastOutput));
    } else if (job.phase === 'preparing') {
      this.#core.preparations.add(job);
    }
  }

  /** Books what a death means for the tasks that the worker was running, or may have been. */
  #blame(job: JobState, slot: WorkerSlot, exit: WorkerExit): void {
    const all: EndedAttempts[] = [];
    for (const { index, chunk, since, verdict } of judge(slot, job)) {
      chunk.end(index);
      const input = chunk.inputOf(index);
      if (verdict === 'again') {
        job.asked.delete(index);
        if (job.phase === 'running') job.requeued.unshift({ index, input, alone: true });
      } else {
        const [outcome, error] = ending(verdict, () => this.#crash(job, slot, exit));
        const now = this.#core.clock.now();
        all.push(endByPool(job, slot, { index, input, since }, outcome, error, now));
      }
    }
    // Together, for the first of them may end the job by its halt rule.
    this.#deliver(job, all);
  }

  #crash(job: JobState, slot: WorkerSlot, exit: WorkerExit): ErrorInfo {
    if (slot.killedFor === 'hung') return hungError(job.spec.options.hangMs!);
    return crashError(exit, slot.lastOutput, slot.ranOutOfMemory(exit));
  }

  #deliver(job: JobState, ended: EndedAttempts[]): void {
    this.#core.deliver(job, ...ended);
    if (job.delayed.size > 0) this.#core.needsTicks();
  }

  /** A worker that has grown too large is sent nothing more, gives back what it has not started, and is replaced. */
  #recycleByMemory(slot: WorkerSlot): void {
    const job = this.#core.jobOf(slot);
    const limit = job?.spec.options.maxWorkerMemoryBytes;
    if (limit === undefined || slot.isWorn || (slot.memoryBytes ?? 0) <= limit) return;
    slot.isWorn = true;
    const unstarted = unstartedChunks(slot);
    if (unstarted.length > 0) slot.post({ type: 'recall', chunks: unstarted });
  }
}

function ending(
  verdict: Exclude<Verdict['verdict'], 'again'>,
  crash: () => ErrorInfo,
): [outcome: 'crash' | 'canceled' | 'timeout', error: ErrorInfo] {
  if (verdict === 'canceled') return ['canceled', canceledError];
  if (verdict === 'crash') return ['crash', crash()];
  return ['timeout', verdict.timeout];
}
