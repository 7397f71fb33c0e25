import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { actOnNewest, dismissToast, hold, letGo, toast, useToasts } from './toasts.ts';

const texts = () => useToasts.getState().toasts.map(({ text }) => text);
const undo = () => ({ label: 'Undo', run: vi.fn() });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const { id } of useToasts.getState().toasts) dismissToast(id);
  vi.useRealTimers();
});

test('the same sentence twice is said once, and no more than four at once', () => {
  toast('info', 'a');
  toast('info', 'a');
  for (const text of ['b', 'c', 'd', 'e']) toast('info', text);
  expect(texts()).toEqual(['b', 'c', 'd', 'e']);
});

test('what can be undone stays longer than ten seconds, whatever else is said', () => {
  toast('info', 'deleted', undo());
  toast('info', 'deleted', undo());
  for (const text of ['b', 'c', 'd', 'e']) toast('info', text);
  vi.advanceTimersByTime(15_000);
  expect(texts()).toEqual(['deleted', 'deleted']);
  vi.advanceTimersByTime(10_000);
  expect(texts()).toEqual([]);
});

test('a toast that someone points at stays until they are gone', () => {
  toast('info', 'a');
  const { id } = useToasts.getState().toasts[0]!;
  hold(id);
  vi.advanceTimersByTime(60_000);
  expect(texts()).toEqual(['a']);
  letGo(id);
  vi.advanceTimersByTime(10_000);
  expect(texts()).toEqual([]);
});

test('the newest action is done once, and those before it after it', () => {
  const [first, second] = [undo(), undo()];
  toast('info', 'one', first);
  toast('info', 'two', second);
  toast('info', 'no action');
  expect(actOnNewest()).toBe(true);
  expect(second.run).toHaveBeenCalledOnce();
  expect(first.run).not.toHaveBeenCalled();
  expect(actOnNewest()).toBe(true);
  expect(first.run).toHaveBeenCalledOnce();
  expect(actOnNewest()).toBe(false);
});
