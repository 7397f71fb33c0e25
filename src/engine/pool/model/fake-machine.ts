import { vi } from 'vitest';
import type { Launcher } from '../../launcher.ts';
import { FakeWorker, type FakeWorkerListener, type Loading } from './fake-worker.ts';

/** Taken before clocks are faked: one turn of the real event loop, after which no promise is left to settle. */
const realImmediate = setImmediate;
export async function turn(): Promise<void> {
  await new Promise<void>((resolve) => realImmediate(resolve));
  turns += 1;
}

let turns = 0;
/** The number of the turn. */
export const turnNow = () => turns;

/** Time passes in steps of so much, milliseconds; whatever is under way between two processes arrives in one. */
export const stepMs = 50;

/** Before tests: fakes the clocks of a pool, and leaves promises and the event loop as they are. */
export function fakeClocks(): void {
  vi.useFakeTimers({
    now: 1_750_000_000_000,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
}

/** Where fake workers run: their launcher, and time. The clocks have to be faked by the test. */
export class FakeMachine {
  readonly workers: FakeWorker[] = [];
  /** What the next workers do when they load; then all of them load. */
  loadings: Loading[] = [];
  readonly #listener: FakeWorkerListener;
  #elapsedMs = 0;

  constructor(listener: FakeWorkerListener) {
    this.#listener = listener;
  }

  readonly launcher: Launcher = {
    launch: ({ name }) => {
      const loading = this.loadings.shift() ?? 'loads';
      const worker = new FakeWorker(this.workers.length + 1, name, loading, this.#listener);
      this.workers.push(worker);
      return worker;
    },
  };

  /** Those of whose end the pool has not heard. */
  get present(): FakeWorker[] {
    return this.workers.filter((worker) => !worker.isGone);
  }

  /** Nothing is under way and nobody waits for a time: nothing will happen by itself. */
  get isQuiet(): boolean {
    const isSilent = this.present.every(({ inbox, outbox }) => outbox.length + inbox.length === 0);
    return isSilent && vi.getTimerCount() === 0;
  }

  /** Everything that is under way arrives, and what it leads to, until nothing is; or `rounds` times. */
  async deliver(rounds = 1000): Promise<void> {
    for (let i = 0; i < rounds; i++) {
      let isQuiet = true;
      for (const worker of this.present) {
        if (worker.outbox.length > 0) isQuiet = false;
        worker.tell(worker.outbox.length);
      }
      await turn();
      for (const worker of this.present) {
        if (worker.isDead || worker.isBlocked || worker.inbox.length === 0) continue;
        isQuiet = false;
        worker.hear(worker.inbox.length);
      }
      if (isQuiet) return;
      await turn();
    }
  }

  /** Lets time pass. What is posted arrives within {@link stepMs}; so does what follows from it. */
  async advance(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= stepMs) {
      if (this.isQuiet) return;
      await this.deliver(4);
      vi.advanceTimersByTime(stepMs);
      this.#elapsedMs += stepMs;
      await turn();
      for (const worker of this.present) worker.tick(this.#elapsedMs % 1000 === 0);
    }
    await this.deliver(4);
  }
}
