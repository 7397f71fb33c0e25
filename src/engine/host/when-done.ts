import { hasEnded } from '../../shared/batch.ts';
import { type WhenDoneAction, type WhenDoneView, whenDoneActions } from '../../shared/contract/when-done.ts';
import { type ErrorInfo, PoolboardError, toErrorInfo } from '../../shared/errors.ts';
import type { BatchId } from '../../shared/task.ts';
import type { Engine } from '../api.ts';

/** What a host can do once all is done; what is absent is not offered. */
export type WhenDoneActs = Partial<
  Record<Exclude<WhenDoneAction, 'nothing' | 'notify'>, () => Promise<void> | void>
>;

export interface WhenDoneOptions {
  engine: Pick<Engine, 'on' | 'list'>;
  acts: WhenDoneActs;
  /** Milliseconds between the end of the last batch and the action. Default: a minute. */
  countdownMs?: number;
  /** Milliseconds after which the batches of other programs on the same data are looked at again. Default: 5000. */
  othersMs?: number;
}

export type WhenDoneEvent =
  | { type: 'changed'; view: WhenDoneView }
  | { type: 'notify'; batches: number; failed: number }
  | { type: 'failed'; action: WhenDoneAction; error: ErrorInfo };

const aMinute = 60_000;

/**
 * What happens when all batches have ended: chosen while they run, done after a countdown that can be stopped.
 *
 * `idle`: nothing is chosen, or it has been done. `armed`: something is chosen, and batches run. `counting`: the
 * last one has ended. `acting`: the action is being done. A batch that is started while it counts arms it again.
 */
export class WhenDone {
  readonly #options: WhenDoneOptions;
  readonly #listeners = new Set<(event: WhenDoneEvent) => void>();
  readonly #running = new Set<BatchId>();
  #action: WhenDoneAction = 'nothing';
  #state: 'idle' | 'armed' | 'counting' | 'acting' = 'idle';
  #timer: NodeJS.Timeout | undefined;
  #actAt = 0;
  /** Batches that have ended, and tasks of them that have failed, since something was chosen. */
  #ended = 0;
  #failed = 0;

  constructor(options: WhenDoneOptions) {
    this.#options = options;
    options.engine.on((event) => {
      if (event.type === 'batch') {
        const { id, state, counts } = event.batch;
        if (!hasEnded(state)) this.#begun(id);
        else if (this.#running.delete(id)) {
          this.#ended += 1;
          this.#failed += counts.failed;
          if (this.#running.size === 0) void this.#allEnded();
        }
      } else if (event.type === 'deleted') for (const id of event.batches) this.#running.delete(id);
    });
  }

  view(): WhenDoneView {
    const { acts } = this.#options;
    const available = whenDoneActions.filter(
      (action) => action === 'nothing' || action === 'notify' || acts[action],
    );
    const leftMs = Math.max(0, this.#actAt - performance.now());
    const countdown = this.#state === 'counting' ? { action: this.#action, leftMs } : null;
    return { action: this.#action, available, countdown };
  }

  /** Throws `NOT_OFFERED`. */
  choose(action: WhenDoneAction): WhenDoneView {
    if (!this.view().available.includes(action)) {
      throw new PoolboardError('NOT_OFFERED', `This machine has no command for "${action}".`);
    }
    if (action !== this.#action) [this.#ended, this.#failed] = [0, 0];
    this.#action = action;
    this.#enter(action === 'nothing' ? 'idle' : 'armed');
    return this.view();
  }

  /** Stops a countdown: nothing is chosen any more. */
  stop(): WhenDoneView {
    return this.#state === 'counting' ? this.choose('nothing') : this.view();
  }

  /** Ends a countdown early. */
  now(): WhenDoneView {
    if (this.#state === 'counting') void this.#act();
    return this.view();
  }

  on(listener: (event: WhenDoneEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #begun(id: BatchId): void {
    if (this.#running.has(id)) return;
    this.#running.add(id);
    if (this.#state === 'counting') this.#enter('armed');
  }

  /** Those of this program have; another one may have some too. */
  async #allEnded(): Promise<void> {
    if (this.#state !== 'armed') return;
    // Where the store cannot say, there may be some: the machine is not switched off under them.
    const others = await this.#options.engine.list().catch(() => null);
    if (this.#state !== 'armed' || this.#running.size > 0) return;
    if (!others || others.some(({ state }) => !hasEnded(state))) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#allEnded(), this.#options.othersMs ?? 5000).unref();
    } else if (this.#action === 'notify') {
      const [batches, failed] = [this.#ended, this.#failed];
      this.choose('nothing');
      this.#tell({ type: 'notify', batches, failed });
    } else this.#enter('counting');
  }

  #enter(state: 'idle' | 'armed' | 'counting' | 'acting'): void {
    clearTimeout(this.#timer);
    this.#state = state;
    if (state === 'counting') {
      const { countdownMs = aMinute } = this.#options;
      this.#actAt = performance.now() + countdownMs;
      this.#timer = setTimeout(() => void this.#act(), countdownMs);
    }
    this.#tell({ type: 'changed', view: this.view() });
  }

  async #act(): Promise<void> {
    const action = this.#action;
    this.#action = 'nothing';
    this.#enter('acting');
    try {
      if (action !== 'nothing' && action !== 'notify') await this.#options.acts[action]?.();
    } catch (error) {
      this.#tell({ type: 'failed', action, error: toErrorInfo(error) });
    }
    // Something may have been chosen meanwhile.
    if (this.#state === 'acting') this.#state = 'idle';
  }

  #tell(event: WhenDoneEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
