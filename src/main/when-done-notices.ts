import type { WhenDone } from '../engine/host/when-done.ts';
import { allDoneMessage, countdownMessage, type Message } from './messages.ts';

export interface WhenDoneNotices {
  /** A person looks at the window, which says the same. */
  isInFront(): boolean;
  show(message: Message): void;
}

/** Tells of the end of all batches where somebody chose that, and of a countdown that nobody would see. */
export function tellWhenDone(whenDone: Pick<WhenDone, 'on'>, { isInFront, show }: WhenDoneNotices): void {
  whenDone.on((event) => {
    if (event.type === 'notify') show(allDoneMessage(event.batches, event.failed));
    else if (event.type === 'changed' && event.view.countdown && !isInFront()) {
      show(countdownMessage(event.view.countdown.action));
    }
  });
}
