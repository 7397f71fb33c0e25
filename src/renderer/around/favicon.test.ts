import { expect, test, vi } from 'vitest';
import { faviconOf } from './favicon.ts';

vi.mock('../connection.ts', () => ({ bridge: undefined, client: {} }));

const overall = { running: 1, share: 0.52, failed: 0, paused: false, idle: false };

test('the icon has a bar in steps of five percent while batches run', () => {
  expect(faviconOf(overall)).toContain('width="13"');
  expect(faviconOf({ ...overall, share: 0.549 })).toBe(faviconOf(overall));
  expect(faviconOf({ ...overall, share: 0.56 })).not.toBe(faviconOf(overall));
});

test('once a task has failed it is another colour', () => {
  expect(faviconOf({ ...overall, failed: 1 })).not.toBe(faviconOf(overall));
});

test('without a figure it is the plain icon', () => {
  expect(faviconOf({ ...overall, running: 0, share: null })).toBeNull();
  expect(faviconOf({ ...overall, share: null })).toBeNull();
});
