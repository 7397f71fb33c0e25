import { powerSaveBlocker } from 'electron';

/** Keeps the machine (not its display) from sleeping as long as the last number that it was told is not 0. */
export function createKeepAwake(): (running: number) => void {
  let blocker: number | undefined;
  return (running) => {
    if (running > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
  };
}
