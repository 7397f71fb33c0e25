import type { TaskAt } from '../../shared/contract/stats.ts';
import type { BatchId } from '../../shared/task.ts';
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
  const { batch, drawn, lane, found, opened } = useTimeline.getState();
  const worker = drawn?.lanes[lane]?.worker;
  if (batch === null || worker === undefined) return;
  clearTimeout(timer);
  const number = ++last;
  const { from, to } = rangeNow();
  // From the attempt that was found last, where it is of this lane; else into what is seen.
  const base = found?.task ?? opened;
  const time = base?.worker === worker ? base.from : by === 'next' ? from : to;
  const task = await client.stats.at({ batch, worker, time, step: by }).catch(() => null);
  if (task && number === last) find({ task, by: 'key' });
}

/** Opens the side panel of the attempt that was found. */
export function openFound(): void {
  const { batch, found } = useTimeline.getState();
  if (batch !== null && found) open(batch, found.task);
}

/** The side panel goes to the attempt before or after on the same worker. */
export async function walk(by: -1 | 1): Promise<void> {
  const { opened, drawn } = useTimeline.getState();
  const place = drawn?.lanes.findIndex(({ worker }) => worker === opened?.worker) ?? -1;
  if (place >= 0) useTimeline.setState({ lane: place });
  await step(by < 0 ? 'previous' : 'next');
  openFound();
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
  open(batch, task);
}

function open(batch: BatchId, task: TaskAt): void {
  useTimeline.setState({ opened: task });
  openPanelOf(batch, task.index);
}
