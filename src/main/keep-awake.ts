import { powerSaveBlocker } from 'electron';

/** Keeps the machine (not its display) from sleeping as long as the last number that it was told is not 0. */
export function createKeepAwake(): (busy: number) => void {
  let blocker: number | undefined;
  return (busy) => {
    if (busy > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
  };
}
