import type { Engine } from '../engine/api.ts';
import { type BatchSummary, hasEnded } from '../shared/batch.ts';
import { isWaitingForFiles } from '../shared/overall.ts';
import type { BatchId } from '../shared/task.ts';

/** The batches that this app is running; those that the command line runs on the same data are its own. */
export interface RunningBatches {
  /** Those that have not ended, the paused ones too: what quitting would cut off. */
  readonly count: number;
}

/**
 * Follows the batches of an engine.
 * @param onBusy told of the number of batches for which the machine should stay awake, whenever it changes.
 */
export function followRunning(
  engine: Pick<Engine, 'on'>,
  onBusy: (busy: number) => void = () => {},
): RunningBatches {
  const running = new Set<BatchId>();
  const busy = new Set<BatchId>();
  engine.on((event) => {
    const before = busy.size;
    if (event.type === 'batch') {
      const { batch } = event;
      include(running, batch.id, !hasEnded(batch.state));
      include(busy, batch.id, isBusy(batch));
    } else if (event.type === 'deleted') {
      for (const id of event.batches) {
        running.delete(id);
        busy.delete(id);
      }
    }
    if (busy.size !== before) onBusy(busy.size);
  });
  return {
    get count() {
      return running.size;
    },
  };
}

/**
 * True while tasks of it run, or would if they could. What waits for a person (a batch that is paused, a full
 * disk, a drive that is away, a folder without new files) may do so asleep. A load that is too high falls by itself, and in its sleep the
 * machine would not notice.
 */
function isBusy(batch: BatchSummary): boolean {
  const { state, counts, notice } = batch;
  if (hasEnded(state) || isWaitingForFiles(batch)) return false;
  if (counts.running > 0) return true;
  if (state !== 'running' && state !== 'closing') return false;
  return !notice || (notice.code?.startsWith('MACHINE_') ?? false);
}

function include(set: Set<BatchId>, id: BatchId, isIn: boolean): void {
  if (isIn) set.add(id);
  else set.delete(id);
}
