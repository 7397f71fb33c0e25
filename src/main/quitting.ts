/** What the quitting of the app needs of the app. */
export interface QuitSteps {
  /** Batches that would be cut off. */
  countRunning(): number;
  confirm(count: number): Promise<boolean>;
  /** Ends the engine; what ended before is on disk after it. */
  close(): Promise<void>;
  /** Asks the app to quit again; this time it is let. */
  quit(): void;
}

/**
 * Holds back the first request to quit until the person agreed and the engine has closed.
 *
 * `running`: nobody wants to quit. `asking`: a dialog is open, or about to be. `closing`: agreed, the engine is
 * being closed. `closed`: the app may go.
 */
export function createQuitting(steps: QuitSteps): Quitting {
  let state: 'running' | 'asking' | 'closing' | 'closed' = 'running';

  const leave = async (): Promise<void> => {
    state = 'asking';
    const count = steps.countRunning();
    if (count > 0 && !(await steps.confirm(count))) {
      state = 'running';
      return;
    }
    state = 'closing';
    try {
      await steps.close();
    } catch (error) {
      console.error('The engine did not close as it should.', error);
    }
    state = 'closed';
    steps.quit();
  };

  return {
    hold(event) {
      if (state === 'closed') return;
      event.preventDefault();
      if (state === 'running') void leave();
    },
    get isUnderway() {
      return state !== 'running';
    },
  };
}

export interface Quitting {
  /** Takes the app's `before-quit`, or the window's `close` where that ends the app. */
  hold(event: { preventDefault(): void }): void;
  /** Somebody has asked to quit, and has not taken it back. */
  readonly isUnderway: boolean;
}
