import { expect, test } from 'vitest';
import { type BatchState, type BatchSummary, noCounts } from '../shared/batch.ts';
import { type Announced, announcementOf } from './announcement.ts';

const batch = (done: number, state: BatchState = 'running', failed = 0): BatchSummary =>
  ({
    id: 1,
    name: 'hash',
    state,
    total: 1000,
    counts: { ...noCounts(), succeeded: done - failed, failed, pending: 1000 - done },
  }) as unknown as BatchSummary;

test('a batch of a minute is announced a dozen times, not at each change', () => {
  let last: Announced | null = null;
  const said: string[] = [];
  for (let second = 0; second <= 60; second += 0.1) {
    const { text, announced } = announcementOf(batch(Math.floor(second * 16)), last, second * 1000);
    last = announced;
    if (text) said.push(text);
  }
  expect(said[0]).toBe('hash is running.');
  expect(said[1]).toBe('hash: 10% done, 0 failed.');
  expect(said.length).toBeLessThanOrEqual(11);
});

test('its end is announced at once, with what failed', () => {
  const before = announcementOf(batch(990), null, 0).announced;
  const { text } = announcementOf(batch(1000, 'completed', 3), before, 10);
  expect(text).toBe('hash is completed: 100% done, 3 failed.');
});

test('what keeps it from going on is announced, and that it goes on', () => {
  const away = { ...batch(100), notice: { name: 'PoolboardError', message: 'The drive is away.' } };
  const before = announcementOf(batch(100), null, 0).announced;
  const waits = announcementOf(away, before, 10);
  expect(waits.text).toBe('The drive is away.');
  expect(announcementOf(away, waits.announced, 20).text).toBeNull();
  expect(announcementOf(batch(100), waits.announced, 30).text).toBe('hash goes on.');
});

test('a change that means nothing new is not announced', () => {
  const before = announcementOf(batch(100), null, 0).announced;
  expect(announcementOf(batch(150), before, 60_000).text).toBeNull();
});
