import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useWantedSize, wantSize } from './wanted-size.ts';

const { setSize } = vi.hoisted(() => ({ setSize: vi.fn() }));
vi.mock('../connection.ts', () => ({ client: { pool: { setSize } } }));

let answers: (() => void)[];
const wanted = () => useWantedSize.getState().wanted;

beforeEach(() => {
  vi.useFakeTimers();
  answers = [];
  setSize.mockReset();
  setSize.mockImplementation(
    ({ size }: { size: number }) => new Promise((resolve) => answers.push(() => resolve({ size }))),
  );
});
afterEach(() => void vi.useRealTimers());

test('several steps in a row are one change', async () => {
  wantSize(3);
  wantSize(4);
  await vi.advanceTimersByTimeAsync(200);
  expect(setSize.mock.calls).toEqual([[{ size: 4 }]]);
  answers[0]!();
  await vi.advanceTimersByTimeAsync(0);
  expect(wanted()).toBeNull();
});

test('a step that is made while the host is asked is not lost', async () => {
  wantSize(3);
  await vi.advanceTimersByTimeAsync(200);
  wantSize(4);
  answers[0]!();
  await vi.advanceTimersByTimeAsync(0);
  expect(wanted()).toBe(4);
  await vi.advanceTimersByTimeAsync(200);
  expect(setSize.mock.calls).toEqual([[{ size: 3 }], [{ size: 4 }]]);
  answers[1]!();
  await vi.advanceTimersByTimeAsync(0);
  expect(wanted()).toBeNull();
});
