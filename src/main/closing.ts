import { existsSync, writeFileSync } from 'node:fs';
import type { Quitting } from './quitting.ts';

export interface ClosingSteps {
  quitting: Pick<Quitting, 'hold' | 'isUnderway'>;
  /** Batches that run. */
  countRunning(): number;
  hide(): void;
  /** Says that the app goes on without its window. */
  tell(): void;
  /** A file that is there once that was said. */
  toldFile: string;
}

/** Takes the window's `close`: while batches run the window goes and the app stays; otherwise it is quitting. */
export function createClosing({ quitting, countRunning, hide, tell, toldFile }: ClosingSteps) {
  return (event: { preventDefault(): void }): void => {
    if (quitting.isUnderway || countRunning() === 0) {
      quitting.hold(event);
      return;
    }
    event.preventDefault();
    hide();
    if (existsSync(toldFile)) return;
    tell();
    try {
      writeFileSync(toldFile, '');
    } catch {
      // Said once more the next time.
    }
  };
}
