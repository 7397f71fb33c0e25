import { expect, test, vi } from 'vitest';
import { testBatch } from '../shared/test-batch.ts';
import { createNotifications } from './notifications.ts';

function setUp(front = false) {
  const show = vi.fn();
  const open = vi.fn();
  let isInFront = front;
  const notifications = createNotifications({ isInFront: () => isInFront, show, open });
  return {
    ...notifications,
    show,
    open,
    look: (looks: boolean) => {
      isInFront = looks;
    },
  };
}

const notice = (code: string) => ({ name: 'PoolboardError', message: `It is ${code}.`, code });

test('a batch that ends while nobody looks is told of, and a click opens it', () => {
  const { ended, show, open } = setUp();
  ended(testBatch({ id: 7, state: 'completed' }));
  expect(show).toHaveBeenCalledTimes(1);
  const [message, click] = show.mock.calls[0] as [{ title: string }, () => void];
  expect(message.title).toBe('hash in');
  click();
  expect(open).toHaveBeenCalledWith(7);
});

test('nothing is told to one who looks, nor of what the end of the app has interrupted', () => {
  const { ended, noticed, show, look } = setUp(true);
  ended(testBatch({ state: 'completed' }));
  noticed(testBatch({ notice: notice('STORE_FULL') }));
  look(false);
  ended(testBatch({ state: 'interrupted' }));
  expect(show).not.toHaveBeenCalled();
});

test('what a batch waits for is told once, however often it comes and goes', () => {
  const { ended, noticed, show } = setUp();
  noticed(testBatch({ notice: notice('INPUTS_AWAY') }));
  noticed(testBatch({ notice: notice('INPUTS_AWAY') }));
  expect(show).toHaveBeenCalledTimes(1);
  noticed(testBatch({ notice: notice('STORE_FULL') }));
  noticed(testBatch({ id: 2, notice: notice('INPUTS_AWAY') }));
  expect(show).toHaveBeenCalledTimes(3);
  // The batch was resumed after its end: that is another run of it.
  ended(testBatch({ state: 'completed' }));
  noticed(testBatch({ notice: notice('INPUTS_AWAY') }));
  expect(show).toHaveBeenCalledTimes(5);
});

test('a machine under load is nothing to tell of', () => {
  const { noticed, show } = setUp();
  noticed(testBatch({ notice: notice('MACHINE_LOAD') }));
  expect(show).not.toHaveBeenCalled();
});
