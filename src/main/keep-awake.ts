import { powerSaveBlocker } from 'electron';
import type { Engine } from '../engine/api.ts';
import type { BatchId } from '../shared/task.ts';

/** Keeps the machine (not its display) from sleeping while a batch is running. */
export function keepAwakeWhileRunning(engine: Pick<Engine, 'on'>): void {
  const running = new Set<BatchId>();
  let blocker: number | undefined;

  engine.on((event) => {
    if (event.type !== 'batch') return;
    const { id, state } = event.batch;
    if (state === 'running' || state === 'closing') running.add(id);
    else running.delete(id);

    if (running.size > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
  });
}
