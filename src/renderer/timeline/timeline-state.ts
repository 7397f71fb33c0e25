import { create } from 'zustand';
import type { TaskAt, TimelineView } from '../../shared/contract/stats.ts';
import type { BatchId } from '../../shared/task.ts';
import { type Drawn, drawnOf } from './lanes.ts';
import { pan, type Range, rangeOf, reveal, type Shown, setFollow, zoom } from './range.ts';

/** An attempt that was found, and by what. */
export interface Found {
  task: TaskAt;
  by: 'pointer' | 'key';
}

interface TimelineState {
  batch: BatchId | null;
  shown: Shown;
  drawn: Drawn | null;
  /** The lane that keys act on, by place. */
  lane: number;
  found: Found | null;
  /** The attempt whose task was opened in the side panel last. */
  opened: TaskAt | null;
}

const fresh = { shown: { kind: 'whole' } as Shown, drawn: null, lane: 0, found: null, opened: null };

/** The timeline of one batch: kept while one looks at other tabs. */
export const useTimeline = create<TimelineState>(() => ({ batch: null, ...fresh }));

const { getState: get, setState: set } = useTimeline;

export function showTimeline(batch: BatchId): void {
  if (get().batch !== batch) set({ batch, ...fresh });
}

export function takeTimeline(batch: BatchId, view: TimelineView): void {
  if (get().batch !== batch) return;
  set(({ lane }) => ({ drawn: drawnOf(view), lane: Math.min(lane, Math.max(0, view.lanes.length - 1)) }));
}

const facts = (): [length: number, live: boolean] => {
  const view = get().drawn?.view;
  return [view?.length ?? 0, view?.live ?? false];
};

export const rangeNow = (): Range => rangeOf(get().shown, ...facts());

export const zoomBy = (factor: number, at?: number): void =>
  set(({ shown }) => ({ shown: zoom(shown, ...facts(), factor, at) }));
export const panBy = (share: number): void => set(({ shown }) => ({ shown: pan(shown, ...facts(), share) }));
export const showWhole = (): void => set({ shown: { kind: 'whole' } });
export const follow = (on: boolean): void =>
  set(({ shown }) => ({ shown: setFollow(shown, ...facts(), on) }));

export function moveLane(by: number): void {
  const lanes = get().drawn?.lanes.length ?? 0;
  set(({ lane }) => ({ lane: Math.max(0, Math.min(lanes - 1, lane + by)) }));
}

export function find(found: Found | null): void {
  const { drawn, lane } = get();
  const place = found ? (drawn?.lanes.findIndex(({ worker }) => worker === found.task.worker) ?? -1) : -1;
  set({ found, lane: found?.by === 'key' && place >= 0 ? place : lane });
  if (found?.by === 'key') {
    const { from, ms } = found.task;
    set(({ shown }) => ({ shown: reveal(shown, ...facts(), { from, to: from + ms }) }));
  }
}
