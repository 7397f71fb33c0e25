import { beforeEach, expect, test, vi } from 'vitest';
import type { BatchSummary } from '../../shared/batch.ts';
import type { ResultColumns } from '../../shared/contract/results.ts';
import { takeBatches } from '../state/batches.ts';
import { usePlace } from '../state/place.ts';

const host = vi.hoisted(() => ({ columns: vi.fn(), page: vi.fn(), onConnected: vi.fn() }));
vi.mock('../connection.ts', () => ({
  client: { results: { columns: host.columns, page: host.page } },
  onConnected: host.onConnected,
}));
vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} });

const { startAsking } = await import('./asking.ts');
const { setViewport, showResults, useResults } = await import('./results-state.ts');

const batch = (id: number): BatchSummary =>
  ({ id, counts: { succeeded: 10 }, endedAt: 1 }) as unknown as BatchSummary;
const columnsOf = (id: number, complete: boolean): ResultColumns => ({
  batch: id,
  columns: ['a', ...(complete ? ['b'] : [])].map((title) => ({
    ...{ id: `value["${title}"]`, title, type: 'number', whole: true, of: 'value' },
  })),
  more: 0,
  complete,
});
const titles = () => useResults.getState().columns?.columns.map(({ title }) => title);

function show(id: number): () => void {
  showResults(id);
  setViewport(280);
  usePlace.setState({ place: { screen: 'batch', batch: id, tab: 'results' } });
  return startAsking();
}

beforeEach(() => takeBatches([batch(1), batch(2)]));

test('a large batch gets all of its columns also while those of another one are still read', async () => {
  const reading = Promise.withResolvers<ResultColumns>();
  host.page.mockImplementation(({ batch }) => Promise.resolve({ batch, from: 0, total: 0, rows: [] }));
  host.columns.mockImplementation(({ batch, quick }) =>
    quick || batch === 2 ? Promise.resolve(columnsOf(batch, !quick)) : reading.promise,
  );
  const leave = show(1);
  await vi.waitFor(() => expect(host.columns).toHaveBeenCalledWith({ batch: 1 }));
  leave();
  const leaveSecond = show(2);
  await vi.waitFor(() => expect(titles()).toEqual(['a', 'b']));
  reading.resolve(columnsOf(1, true));
  await reading.promise;
  expect(useResults.getState().columns?.batch).toBe(2);
  leaveSecond();
});

test('each visit leaves no listener behind', () => {
  for (let visit = 0; visit < 3; visit++) show(1)();
  expect(host.onConnected.mock.calls.length).toBeLessThanOrEqual(1);
});
