import { expect, test, vi } from 'vitest';
import { batchSpecSchema } from '../shared/batch.ts';
import { testBatch } from '../shared/test-batch.ts';
import { trayMenu, trayTip } from './tray-menu.ts';

const actions = { open: vi.fn(), openBatch: vi.fn(), pauseAll: vi.fn(), resumeAll: vi.fn(), quit: vi.fn() };
const labels = (...batches: ReturnType<typeof testBatch>[]) =>
  trayMenu(batches, actions).map(({ label, type }) => label ?? type);

test('the menu has the running batches with their progress, and opens them', () => {
  const batch = testBatch({ id: 3, name: 'R&D', counts: { succeeded: 73, pending: 27 } });
  expect(labels(batch)).toEqual(['R&&D  73%', 'separator', 'Pause all', 'Open Poolboard', 'Quit']);
  const [first] = trayMenu([batch], actions);
  (first!.click as () => void)();
  expect(actions.openBatch).toHaveBeenCalledWith(3);
});

test('what does not go on is told by its state', () => {
  const notice = { name: 'PoolboardError', message: 'Full.', code: 'STORE_FULL' };
  const { spec } = testBatch();
  const watching = batchSpecSchema.parse({ ...spec, inputs: { kind: 'watch', folder: '/in' } });
  expect(
    labels(
      testBatch({ name: 'a', state: 'paused', counts: { pending: 1 } }),
      testBatch({ name: 'b', state: 'paused', notice }),
      testBatch({ name: 'c', spec: watching, enumerated: false, counts: { succeeded: 2 } }),
      testBatch({ name: 'd', state: 'queued' }),
    ),
  ).toEqual([
    'a  paused',
    'b  waits',
    'c  watching',
    'd  queued',
    'separator',
    'Pause all',
    'Resume all',
    'Open Poolboard',
    'Quit',
  ]);
});

test('many batches are counted, none is said to be none', () => {
  const many = Array.from({ length: 12 }, (_, id) => testBatch({ id: id + 1 }));
  expect(labels(...many)).toContain('and 2 more');
  expect(labels()).toEqual(['Nothing runs', 'separator', 'Open Poolboard', 'Quit']);
});

test('the tip says how far all of them are', () => {
  const overall = { running: 2, share: 0.739, failed: 3, paused: false, idle: false };
  expect(trayTip(overall)).toBe('Poolboard: 2 batches, 73%, 3 failed');
  expect(trayTip({ ...overall, running: 1, paused: true, failed: 0 })).toBe('Poolboard: 1 batch, paused');
  expect(trayTip({ ...overall, running: 0 })).toBe('Poolboard: nothing runs');
});
