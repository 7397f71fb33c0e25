import { expect, test, vi } from 'vitest';
import type { WhenDoneEvent } from '../engine/host/when-done.ts';
import { tellWhenDone } from './when-done-notices.ts';

function setUp(isInFront: boolean) {
  let tell: (event: WhenDoneEvent) => void = () => {};
  const show = vi.fn();
  const whenDone = {
    on: (listener: (event: WhenDoneEvent) => void) => {
      tell = listener;
      return () => {};
    },
  };
  tellWhenDone(whenDone, { isInFront: () => isInFront, show });
  return { show, tell: (event: WhenDoneEvent) => tell(event) };
}

const changed = (countdown: { action: 'sleep'; leftMs: number } | null): WhenDoneEvent => ({
  type: 'changed',
  view: { action: 'sleep', available: ['nothing', 'sleep'], countdown },
});

test('a countdown is told to one who does not see it', () => {
  const { show, tell } = setUp(false);
  tell(changed(null));
  expect(show).not.toHaveBeenCalled();
  tell(changed({ action: 'sleep', leftMs: 60_000 }));
  expect(show).toHaveBeenCalledWith({
    title: 'All batches have ended',
    body: 'This machine will go to sleep in a minute. Open Poolboard to stop that.',
  });
});

test('one who looks at the window sees it there', () => {
  const { show, tell } = setUp(true);
  tell(changed({ action: 'sleep', leftMs: 60_000 }));
  expect(show).not.toHaveBeenCalled();
});

test('a notification that was chosen comes in any case', () => {
  const { show, tell } = setUp(true);
  tell({ type: 'notify', batches: 2, failed: 0 });
  expect(show).toHaveBeenCalledWith({ title: 'All 2 batches have ended', body: 'No task failed.' });
});
