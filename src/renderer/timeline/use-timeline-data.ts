import { useEffect } from 'react';
import type { BatchId } from '../../shared/task.ts';
import { feedTimeline } from './feed-timeline.ts';

/** Keeps the timeline of a batch up to date while it is shown, this many pixels wide. */
export function useTimelineData(batch: BatchId, pixels: number, live: boolean): void {
  useEffect(() => (pixels > 0 ? feedTimeline(batch, pixels, live) : undefined), [batch, pixels, live]);
}
