import { PoolboardError } from '../../shared/errors.ts';

/** After a write or a read that the store refused (a full disk, a locked database) it is tried again this often, milliseconds. */
const retryMs = 2000;

/** Errors of the store that trying again does not mend. */
const finalErrors = ['BAD_COMMIT', 'NO_SUCH_BATCH', 'STORE_TOO_BIG', 'STORE_CLOSED', 'STORE_FAILED'];
const isFinal = (error: unknown) => !(error instanceof PoolboardError) || finalErrors.includes(error.code);

/** What a store answers where nothing is waited for any longer. */
class GivenUp extends Error {}

/**
 * Asks a store until it does what it is asked: what cannot be written now is written when there is space again,
 * or the drive is back. Nothing that was handed over is lost meanwhile.
 */
export class Patience {
  readonly #onStuck: (error: PoolboardError | null) => void;
  /** Questions that were refused and wait to be asked again. */
  #stuck = 0;
  #hasGivenUp = false;
  #wake = Promise.withResolvers<void>();

  /** @param onStuck told what the store refuses with, and null when it does as it is asked again. */
  constructor(onStuck: (error: PoolboardError | null) => void) {
    this.#onStuck = onStuck;
  }

  get isStuck(): boolean {
    return this.#stuck > 0;
  }

  /** Resolves when the store has done it. Throws errors that waiting does not mend, and after {@link giveUp}. */
  async until<T>(ask: () => Promise<T>): Promise<T> {
    let isWaiting = false;
    try {
      for (;;) {
        try {
          return await ask();
        } catch (error) {
          if (isFinal(error) || this.#hasGivenUp) throw error;
          if (!isWaiting) this.#stuck += 1;
          isWaiting = true;
          this.#onStuck(error as PoolboardError);
        }
        await this.#pause();
        if (this.#hasGivenUp) throw new GivenUp('The store was not waited for any longer.');
      }
    } finally {
      if (isWaiting) {
        this.#stuck -= 1;
        if (this.#stuck === 0) this.#onStuck(null);
      }
    }
  }

  /** The program ends: what the store refuses now is refused for good. */
  giveUp(): void {
    this.#hasGivenUp = true;
    this.#wake.resolve();
  }

  async #pause(): Promise<void> {
    const timeout = Promise.withResolvers<void>();
    const timer = setTimeout(timeout.resolve, retryMs);
    await Promise.race([timeout.promise, this.#wake.promise]);
    clearTimeout(timer);
  }
}
