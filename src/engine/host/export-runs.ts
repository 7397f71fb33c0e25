import type { ExportOutcome } from '../../shared/contract.ts';
import { PoolboardError } from '../../shared/errors.ts';

/** The exports that one window has under way: it can cancel them, and they end with it. */
export class ExportRuns {
  readonly #running = new Map<AbortController, number | undefined>();

  /**
   * Runs an export; one that is canceled ends as such, and not as an error.
   * @param number by which the window cancels it; undefined where it does not.
   */
  async run(
    number: number | undefined,
    work: (signal: AbortSignal) => Promise<ExportOutcome>,
  ): Promise<ExportOutcome> {
    const abort = new AbortController();
    this.#running.set(abort, number);
    try {
      return await work(abort.signal);
    } catch (error) {
      if (error instanceof PoolboardError && error.code === 'EXPORT_CANCELED') return { kind: 'canceled' };
      throw error;
    } finally {
      this.#running.delete(abort);
    }
  }

  cancel(number: number): void {
    for (const [abort, each] of this.#running) if (each === number) abort.abort();
  }

  close(): void {
    for (const abort of this.#running.keys()) abort.abort();
  }
}

/** Throws `EXPORT_CANCELED` where an export is not wanted any more. */
export function throwIfCanceled(signal: AbortSignal): void {
  if (signal.aborted) throw new PoolboardError('EXPORT_CANCELED', 'The export was canceled.');
}
