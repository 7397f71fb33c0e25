import { expect, test, vi } from 'vitest';
import { createQuitting, type QuitSteps } from './quitting.ts';

function setUp(more: Partial<QuitSteps> = {}) {
  const order: string[] = [];
  const quitCalled = Promise.withResolvers<void>();
  const steps = {
    countRunning: vi.fn(() => 0),
    confirm: vi.fn(async () => true),
    close: vi.fn(async () => {
      order.push('close');
    }),
    quit: vi.fn(() => {
      order.push('quit');
      quitCalled.resolve();
    }),
    ...more,
  };
  const quitting = createQuitting(steps);
  const request = () => {
    const preventDefault = vi.fn();
    quitting.hold({ preventDefault });
    return preventDefault.mock.calls.length > 0 ? 'held' : 'let go';
  };
  return { steps, request, order, quit: quitCalled.promise };
}

test('with nothing running the engine is closed first, and then the app may go, unasked', async () => {
  const { request, steps, order, quit } = setUp();
  expect(request()).toBe('held');
  await quit;
  expect(order).toEqual(['close', 'quit']);
  expect(steps.confirm).not.toHaveBeenCalled();
  expect(request()).toBe('let go');
});

test('with a batch running the person is asked, and "keep running" keeps everything', async () => {
  const answered = Promise.withResolvers<boolean>();
  const { request, steps } = setUp({ countRunning: () => 2, confirm: vi.fn(() => answered.promise) });
  expect(request()).toBe('held');
  await vi.waitFor(() => expect(steps.confirm).toHaveBeenCalledWith(2));
  answered.resolve(false);
  await answered.promise;
  await vi.waitFor(() => {
    request();
    expect(steps.confirm).toHaveBeenCalledTimes(2);
  });
  expect(steps.close).not.toHaveBeenCalled();
  expect(steps.quit).not.toHaveBeenCalled();
});

test('"quit anyway" closes the engine and lets go', async () => {
  const { request, order, quit } = setUp({ countRunning: () => 1 });
  request();
  await quit;
  expect(order).toEqual(['close', 'quit']);
});

test('further requests while the dialog is open, or the engine closes, ask nothing more', async () => {
  const closed = Promise.withResolvers<void>();
  const { request, steps, quit } = setUp({ countRunning: () => 1, close: vi.fn(() => closed.promise) });
  request();
  expect(request()).toBe('held');
  await vi.waitFor(() => expect(steps.close).toHaveBeenCalledTimes(1));
  expect(request()).toBe('held');
  closed.resolve();
  await quit;
  expect(steps.confirm).toHaveBeenCalledTimes(1);
  expect(steps.close).toHaveBeenCalledTimes(1);
});

test('an engine that fails to close does not hold the app for ever', async () => {
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { request, quit } = setUp({
    close: () => Promise.reject(new Error('store closed')),
  });
  request();
  await quit;
  expect(request()).toBe('let go');
  expect(error).toHaveBeenCalled();
  error.mockRestore();
});
