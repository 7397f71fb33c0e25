import type { WorkerExit, WorkerProcess } from '../launcher.ts';

/** A process that the system refused to start: all that it does is tell so, as one that ends at once. */
export class FailedLaunch implements WorkerProcess {
  readonly pid = undefined;
  readonly #exit: WorkerExit;

  /** `thrown`: why, for example that there is no memory for another process. */
  constructor(thrown: unknown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    this.#exit = { code: null, signal: null, reason };
  }

  onExit(listener: (exit: WorkerExit) => void): void {
    // In a later turn, as with a process: whoever has launched it is not done with that yet.
    setImmediate(() => listener(this.#exit));
  }

  post(): void {}
  onMessage(): void {}
  onOutput(): void {}
  kill(): void {}
}
