import { beforeEach, expect, test, vi } from 'vitest';
import type { BatchSummary } from '../../shared/batch.ts';
import { stopAsking, useAsking } from '../actions/touch.ts';
import { takeBatches } from '../state/batches.ts';
import { useToasts } from '../state/toasts.ts';
import { actOnMarked } from './act-on-marked.ts';
import { hasMarks } from './marks.ts';
import { showBatch, toggleMarked, useTable } from './table-state.ts';

const host = vi.hoisted(() => ({ retry: vi.fn(), cancel: vi.fn(), touched: vi.fn() }));
vi.mock('../connection.ts', () => ({
  client: {
    batches: { retry: host.retry },
    tasks: { cancel: host.cancel },
    actions: { touched: host.touched },
  },
}));

const batch = (state: BatchSummary['state']) => ({ id: 1, state }) as BatchSummary;
const counts = { pending: 0, running: 0, succeeded: 0, failed: 0, canceled: 0, skipped: 0 };
const marked = () => hasMarks(useTable.getState().marks);

beforeEach(() => {
  for (const call of [host.retry, host.cancel, host.touched]) call.mockReset();
  showBatch(99);
  showBatch(1);
  toggleMarked({ position: 2, index: 2 });
  toggleMarked({ position: 3, index: 3 });
  takeBatches([batch('completed')]);
  stopAsking();
});

test('marks stay where the batch still runs', () => {
  takeBatches([batch('running')]);
  expect(actOnMarked('retry', 1)).toBe(true);
  expect(useToasts.getState().toasts.at(-1)?.text).toMatch(/still runs/);
  expect(marked()).toBe(true);
});

test('marks stay until one has said yes and the host has done it', async () => {
  host.touched.mockResolvedValue({ counts: { ...counts, succeeded: 2 }, first: [] });
  actOnMarked('retry', 1);
  await vi.waitFor(() => expect(useAsking.getState().asking).not.toBeNull());
  expect(marked()).toBe(true);
  host.retry.mockRejectedValueOnce(new Error('refused'));
  useAsking.getState().asking!.act();
  await vi.waitFor(() => expect(useToasts.getState().toasts.at(-1)?.text).toBe('refused'));
  expect(marked()).toBe(true);
  host.retry.mockResolvedValue(batch('running'));
  useAsking.getState().asking!.act();
  await vi.waitFor(() => expect(marked()).toBe(false));
});

test('what was marked since stays', async () => {
  host.touched.mockResolvedValue({ counts: { ...counts, pending: 1 }, first: [] });
  let done: (count: number) => void = () => {};
  host.cancel.mockReturnValue(new Promise((resolve) => (done = resolve)));
  actOnMarked('cancel', 1);
  await vi.waitFor(() => expect(host.cancel).toHaveBeenCalled());
  toggleMarked({ position: 4, index: 4 });
  done(1);
  await vi.waitFor(() => expect(useToasts.getState().toasts.at(-1)?.text).toMatch(/canceled/));
  expect([...useTable.getState().marks.indices]).toEqual([2, 3, 4]);
});

test('marks of another batch, or none, are not acted on', () => {
  expect(actOnMarked('retry', 2)).toBe(false);
  showBatch(2);
  expect(actOnMarked('retry', 2)).toBe(false);
});
