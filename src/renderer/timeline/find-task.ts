import { client } from '../connection.ts';
import { openPanelOf } from '../table/table-state.ts';
import { find, rangeNow, useTimeline } from './timeline-state.ts';

/** The pointer rests for this long before it is asked what it points at, milliseconds. */
const restMs = 60;

let timer: ReturnType<typeof setTimeout> | undefined;
/** Number of the last question: the answers to others come too late. */
let last = 0;

/** Finds the attempt at a moment of a worker. @param reach how far beside it it may be, milliseconds. */
export function pointAtTask(worker: number, time: number, reach: number): void {
  clearTimeout(timer);
  const number = ++last;
  const { batch } = useTimeline.getState();
  timer = setTimeout(async () => {
    const task =
      batch === null ? null : await client.stats.at({ batch, worker, time, reach }).catch(() => null);
    if (number === last) find(task && { task, by: 'pointer' });
  }, restMs);
}

export function pointAway(): void {
  clearTimeout(timer);
  last += 1;
  if (useTimeline.getState().found?.by === 'pointer') find(null);
}

/** Goes to the next or the previous attempt of the lane that keys act on. */
export async function step(by: 'next' | 'previous'): Promise<void> {
  const { batch, drawn, lane, found } = useTimeline.getState();
  const worker = drawn?.lanes[lane]?.worker;
  if (batch === null || worker === undefined) return;
  const number = ++last;
  const { from, to } = rangeNow();
  // From the attempt that was found last, where it is of this lane; else into what is seen.
  const time = found?.task.worker === worker ? found.task.from : by === 'next' ? from : to;
  const task = await client.stats.at({ batch, worker, time, step: by }).catch(() => null);
  if (task && number === last) find({ task, by: 'key' });
}

/** Opens the side panel of the attempt that was found. */
export function openFound(): void {
  const { batch, found } = useTimeline.getState();
  if (batch !== null && found) openPanelOf(batch, found.task.index);
}

/** Opens the side panel of the attempt at a moment of a worker, where there is one. */
export async function openAt(worker: number, time: number, reach: number): Promise<void> {
  const { batch } = useTimeline.getState();
  if (batch === null) return;
  clearTimeout(timer);
  const number = ++last;
  const task = await client.stats.at({ batch, worker, time, reach }).catch(() => null);
  if (!task || number !== last) return;
  find({ task, by: 'pointer' });
  openPanelOf(batch, task.index);
}
