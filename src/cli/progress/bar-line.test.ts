import { expect, test } from 'vitest';
import { testSummary } from '../test-summary.ts';
import { barLine } from './bar-line.ts';
import { figuresOf } from './figures.ts';

const busy = testSummary(
  { pending: 2688, succeeded: 7309, failed: 3 },
  { rate: 184, eta: { lowMs: 13_000, highMs: 17_000 } },
);
const plain = { colour: false, unicode: false, locale: 'en' };
const line = (summary = busy, width = 120, more = {}) =>
  barLine(figuresOf(summary, 41_000), { ...plain, width, ...more });

test('a wide terminal shows the bar and everything', () => {
  expect(line()).toBe(
    '[###########################-----------]   73%  7,312 of 10,000  3 failed  184 /s  0:41  0:13 to 0:17 left',
  );
});

test('a narrow terminal keeps what matters most', () => {
  expect(line(busy, 60)).toBe(' 73%  7,312 of 10,000  3 failed  0:41  0:13 to 0:17 left');
  expect(line(busy, 40)).toBe(' 73%  7,312 of 10,000  3 failed');
  expect(line(busy, 24)).toBe(' 73%  7,312 of 10,000');
  expect(line(busy, 8)).toBe(' 73%');
  expect(line(busy, 3)).toBe(' 7');
});

test('no line fills the width, with or without the bar', () => {
  for (let width = 1; width <= 200; width += 1) {
    expect(line(busy, width).length).toBeLessThan(Math.max(width, 1) + (width === 1 ? 1 : 0));
    expect(line(busy, width, { unicode: true }).length).toBeLessThan(width + (width === 1 ? 1 : 0));
  }
});

test('block characters show eighths of a column', () => {
  const twenty = (succeeded: number) =>
    line(testSummary({ succeeded, pending: 320 - succeeded }), 120, { unicode: true }).slice(0, 40);
  expect(twenty(0)).toBe('░'.repeat(40));
  expect(twenty(1)).toBe(`▏${'░'.repeat(39)}`);
  expect(twenty(164)).toBe(`${'█'.repeat(20)}▌${'░'.repeat(19)}`);
  expect(twenty(320)).toBe('█'.repeat(40));
});

test('only failures are red, and only where colour is wanted', () => {
  expect(line(busy, 120, { colour: true })).toContain('\x1b[31m3 failed\x1b[39m');
  expect(line()).not.toContain('\x1b');
  expect(line(testSummary({ succeeded: 3 }), 120, { colour: true })).not.toContain('\x1b');
});

test('99.96% is not rounded up to 100%', () => {
  expect(line(testSummary({ succeeded: 9996, running: 4 }))).toContain(' 99%');
});

test('while inputs are being enumerated there is no share, and the total grows', () => {
  expect(line(testSummary({ succeeded: 5, pending: 7 }, { enumerated: false }))).toBe(
    '5 of 12 or more  0:41',
  );
});

test('what waits for a retry is counted, and a pause is said even in a narrow terminal', () => {
  const notice = { name: 'PoolboardError', code: 'LOAD_HIGH', message: 'The load is 9.' };
  const waiting = testSummary({ pending: 5, succeeded: 5 }, { retrying: 3 });
  expect(line(waiting)).toContain('5 of 10  3 waiting for a retry  0:41');
  expect(line({ ...waiting, notice }, 24)).toBe(' 50%  5 of 10  paused');
  expect(line({ ...waiting, state: 'paused' }, 24)).toBe(' 50%  5 of 10  paused');
  expect(line({ ...waiting, state: 'canceled', notice })).not.toContain('paused');
});
