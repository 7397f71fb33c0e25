import type { Engine } from '../engine/api.ts';
import { hasEnded } from '../shared/batch.ts';
import type { BatchId } from '../shared/task.ts';

/** The batches that this app is running; those that the command line runs on the same data are its own. */
export interface RunningBatches {
  readonly count: number;
}

/**
 * Follows the batches of an engine.
 * @param onChange told of the number, whenever it changes.
 */
export function followRunning(
  engine: Pick<Engine, 'on'>,
  onChange: (count: number) => void = () => {},
): RunningBatches {
  const running = new Set<BatchId>();
  engine.on((event) => {
    if (event.type !== 'batch') return;
    const before = running.size;
    if (hasEnded(event.batch.state)) running.delete(event.batch.id);
    else running.add(event.batch.id);
    if (running.size !== before) onChange(running.size);
  });
  return {
    get count() {
      return running.size;
    },
  };
}
