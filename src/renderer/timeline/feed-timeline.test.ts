import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { feedTimeline } from './feed-timeline.ts';
import { showTimeline, showWhole, useTimeline, zoomBy } from './timeline-state.ts';

const { timeline } = vi.hoisted(() => ({ timeline: vi.fn() }));
vi.mock('../connection.ts', () => ({ client: { stats: { timeline } } }));

const view = { length: 1000, live: false, lanes: [], spans: null };
const feed = (live: boolean) => onTestFinished(feedTimeline(1, 100, live));

beforeEach(() => {
  vi.useFakeTimers();
  timeline.mockReset();
  timeline.mockResolvedValue(view);
  showTimeline(99);
  showTimeline(1);
});
afterEach(() => void vi.useRealTimers());

test('a batch that has ended is asked for until there is an answer, and then when another stretch is shown', async () => {
  timeline.mockRejectedValueOnce(new Error('away'));
  feed(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(useTimeline.getState().drawn).toBeNull();
  await vi.advanceTimersByTimeAsync(1000);
  expect(useTimeline.getState().drawn?.view.length).toBe(1000);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(timeline).toHaveBeenCalledTimes(2);
  zoomBy(2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(timeline).toHaveBeenCalledTimes(3);
});

test('a batch that runs is asked for again and again, one question at a time', async () => {
  let answer: (found: typeof view) => void = () => {};
  timeline.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  feed(true);
  zoomBy(2);
  showWhole();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(timeline).toHaveBeenCalledTimes(1);
  answer(view);
  await vi.advanceTimersByTimeAsync(0);
  expect(timeline).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(timeline.mock.calls.length).toBeGreaterThan(2);
});
