import { expect, test, vi } from 'vitest';
import type { Overall } from '../shared/overall.ts';
import { barOf, createTaskbarProgress } from './taskbar-progress.ts';

const overall = (more: Partial<Overall> = {}): Overall => ({
  running: 1,
  share: 0.5,
  failed: 0,
  paused: false,
  idle: false,
  ...more,
});

test.each([
  ['nothing while nothing runs', { running: 0, share: null }, [-1, 'none']],
  ['whole percents', { share: 0.7399 }, [0.73, 'normal']],
  ['an error once a task has failed', { failed: 1 }, [0.5, 'error']],
  ['a pause', { paused: true }, [0.5, 'paused']],
  ['no end where nobody knows it', { share: null }, [2, 'indeterminate']],
  ['nothing while a watched folder brings nothing', { share: null, idle: true }, [-1, 'none']],
] as const)('the icon shows %s', (_what, more, bar) => expect(barOf(overall(more))).toEqual(bar));

test('the window is told of each change once, and at the end the bar is taken away', () => {
  const setProgressBar = vi.fn();
  const window = { setProgressBar };
  const show = createTaskbarProgress();
  show(undefined, overall());
  show(window, overall({ running: 0 }));
  expect(setProgressBar).not.toHaveBeenCalled();
  show(window, overall({ share: 0.101 }));
  show(window, overall({ share: 0.109 }));
  show(window, overall({ share: 0.2 }));
  show(window, overall({ running: 0 }));
  expect(setProgressBar.mock.calls).toEqual([
    [0.1, { mode: 'normal' }],
    [0.2, { mode: 'normal' }],
    [-1, { mode: 'none' }],
  ]);
});

test('a window that is opened while batches run shows them', () => {
  const show = createTaskbarProgress();
  show({ setProgressBar: vi.fn() }, overall());
  const setProgressBar = vi.fn();
  show({ setProgressBar }, overall());
  expect(setProgressBar).toHaveBeenCalledTimes(1);
});
