import { expect, test, vi } from 'vitest';
import type { TaskPage, TaskRow } from '../../shared/views.ts';
import { usePlace } from '../state/place.ts';
import { ask, setViewport, showBatch, useTable } from './table-state.ts';
import { startWatching } from './watching.ts';

const host = vi.hoisted(() => ({ watch: vi.fn(), rows: (_: unknown) => {} }));
vi.mock('../connection.ts', () => ({
  client: {
    tasks: {
      watch: host.watch,
      on: {
        rows: (listener: typeof host.rows) => {
          host.rows = listener;
        },
        detail: () => {},
      },
    },
  },
  onConnected: (listener: () => void) => listener(),
}));

const page = (indices: number[]): TaskPage => ({
  ...{ batch: 1, from: 0, total: indices.length },
  rows: indices.map((index) => ({ index }) as TaskRow),
});
const shown = () => [...useTable.getState().rows.byPosition.values()].map(({ index }) => index);

test('rows that come before a new query was sent are no answer to it', async () => {
  vi.useFakeTimers();
  host.watch.mockResolvedValue(undefined);
  startWatching();
  showBatch(1);
  setViewport(280);
  usePlace.setState({ place: { screen: 'batch', batch: 1, tab: 'tasks' } });
  await vi.advanceTimersByTimeAsync(100);
  host.rows(page([0, 1, 2]));
  expect(shown()).toEqual([0, 1, 2]);
  await vi.advanceTimersByTimeAsync(100);

  ask({ filter: 'failed' });
  host.rows(page([0, 1, 2, 3]));
  expect(useTable.getState().asking).toBe(true);
  host.watch.mockImplementation(async () => host.rows(page([2])));
  await vi.advanceTimersByTimeAsync(100);
  expect(host.watch).toHaveBeenLastCalledWith(
    expect.objectContaining({ query: expect.objectContaining({ filter: 'failed' }) }),
  );
  expect(useTable.getState().asking).toBe(false);
  expect(shown()).toEqual([2]);
  vi.useRealTimers();
});
