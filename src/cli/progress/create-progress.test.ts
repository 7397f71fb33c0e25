import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { commandsFor } from '../end-lines.ts';
import type { ProgressKind } from '../requests.ts';
import { testSummary } from '../test-summary.ts';
import { createProgress } from './create-progress.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 41_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(kind: ProgressKind, { isTTY = false, env = {} as NodeJS.ProcessEnv } = {}) {
  const written: string[] = [];
  const out = { isTTY, columns: 100, write: (text: string) => written.push(text) };
  const progress = createProgress(kind, {
    out,
    env,
    commands: commandsFor('/elsewhere', '/data'),
    platform: 'linux',
  });
  return { progress, written, text: () => written.join('') };
}

const half = testSummary({ succeeded: 4, failed: 1, pending: 5 });
const done = testSummary({ succeeded: 9, failed: 1 }, { state: 'completed', endedAt: 50_000 });

test('a terminal gets one line that is redrawn at most ten times a second and gone at the end', () => {
  const { progress, written, text } = setUp('auto', { isTTY: true });
  progress.start(half);
  for (let ms = 0; ms < 1000; ms += 1) {
    progress.update(half);
    vi.advanceTimersByTime(1);
  }
  const drawn = written.filter((line) => line.includes('50%')).length;
  expect(drawn).toBeGreaterThan(5);
  expect(drawn).toBeLessThanOrEqual(11);
  progress.end(done, 1, ['9 of 10 succeeded.']);
  expect(text().endsWith('\r\x1b[2K9 of 10 succeeded.\n')).toBe(true);
  const before = written.length;
  vi.advanceTimersByTime(5000);
  expect(written.length).toBe(before);
});

test('what is written beside the bar is not cut through by it', () => {
  const { progress, written } = setUp('auto', { isTTY: true });
  progress.start(half);
  vi.advanceTimersByTime(200);
  written.length = 0;
  progress.aside(() => written.push('RESULT\n'));
  vi.advanceTimersByTime(200);
  expect(written.slice(0, 2)).toEqual(['\r\x1b[2K', 'RESULT\n']);
  expect(written[2]).toContain('50%');
});

test('the clock of the bar goes on while no task ends', () => {
  const { progress, text } = setUp('auto', { isTTY: true });
  progress.start(half);
  vi.advanceTimersByTime(3100);
  expect(text()).toContain('0:44');
});

test.each([
  ['a file', { isTTY: false, env: {} }],
  ['a terminal that cannot draw', { isTTY: true, env: { TERM: 'dumb' } }],
])('%s gets a line every few seconds, without control characters', (_what, surroundings) => {
  const { progress, written } = setUp('auto', surroundings);
  progress.start(half);
  for (let second = 0; second < 12; second += 1) {
    progress.update(half);
    vi.advanceTimersByTime(1000);
  }
  progress.end(done, 1, ['9 of 10 succeeded.']);
  expect(written).toEqual([
    'Batch 12: hash photos\n',
    '50%, 5 of 10, 1 failed, 0:46\n',
    '50%, 5 of 10, 1 failed, 0:51\n',
    '9 of 10 succeeded.\n',
  ]);
});

test('NO_COLOR turns the colour of failures off', () => {
  for (const env of [{}, { NO_COLOR: '1' }]) {
    const { progress, text } = setUp('auto', { isTTY: true, env });
    progress.start(half);
    progress.update(half);
    vi.advanceTimersByTime(100);
    expect(text().includes('\x1b[31m')).toBe(!('NO_COLOR' in env));
    progress.close();
  }
});

test('programs get JSON lines', () => {
  const { progress, written } = setUp('json', { isTTY: true });
  progress.start(half);
  progress.update({ ...half, warnings: ['a is a loop of links.'] });
  vi.advanceTimersByTime(1000);
  progress.say('for people');
  progress.error({ code: 'ENOSPC', message: 'The disk is full.' });
  progress.end(done, 1, ['for people']);
  expect(written.map((line) => JSON.parse(line))).toMatchObject([
    { event: 'start', batch: 12, name: 'hash photos', total: 10 },
    { event: 'warning', message: 'a is a loop of links.' },
    { event: 'progress', state: 'running', succeeded: 4, failed: 1, pending: 5, elapsedMs: 42_000 },
    { event: 'error', code: 'ENOSPC', message: 'The disk is full.' },
    { event: 'end', state: 'completed', exitStatus: 1, elapsedMs: 50_000 },
  ]);
});

test('none says only what is wrong', () => {
  const { progress, written } = setUp('none', { isTTY: true });
  progress.start(half);
  progress.update({ ...half, warnings: ['a is a loop of links.'] });
  progress.say('Canceling.');
  vi.advanceTimersByTime(10_000);
  progress.error({ message: 'The disk is full.' });
  progress.end({ ...done, warnings: ['a is a loop of links.'] }, 1, ['9 of 10 succeeded.']);
  expect(written).toEqual(['a is a loop of links.\n', 'poolboard: The disk is full.\n']);
});

test('a flood of warnings is counted instead of told', () => {
  const { progress, written } = setUp('none');
  const warnings = Array.from({ length: 500 }, (_, at) => `file ${at}`);
  progress.update({ ...half, warnings: warnings.slice(0, 300) });
  progress.end({ ...done, warnings }, 1, []);
  expect(written).toHaveLength(21);
  expect(written.at(-1)).toBe(
    `480 more warnings. See all of them with: poolboard show ${half.id} --data-dir /elsewhere\n`,
  );
});

const full = { name: 'PoolboardError', code: 'DISK_FULL', message: 'The disk is full: free some space.' };

test.each(['plain', 'none'] as const)('%s tells of a pause once, and of its end', (kind) => {
  const { progress, written } = setUp(kind);
  progress.start(half);
  written.length = 0;
  for (let at = 0; at < 3; at += 1) progress.update({ ...half, notice: full });
  progress.update(half);
  expect(written).toEqual(['Paused: The disk is full: free some space.\n', 'The batch goes on.\n']);
});

test('programs are told of a pause with its code', () => {
  const { progress, written } = setUp('json');
  progress.start({ ...half, retrying: 2 });
  progress.update({ ...half, notice: full });
  vi.advanceTimersByTime(1000);
  progress.update(half);
  expect(written.map((line) => JSON.parse(line))).toMatchObject([
    { event: 'start', retrying: 2, notice: null },
    { event: 'warning', code: 'DISK_FULL', message: 'Paused: The disk is full: free some space.' },
    { event: 'progress', notice: 'DISK_FULL' },
    { event: 'warning', code: 'GOES_ON', message: 'The batch goes on.' },
  ]);
});

test('a pause that comes and goes is told at most once a minute', () => {
  const { progress, written } = setUp('none');
  progress.start(half);
  for (let second = 0; second < 120; second += 1) {
    progress.update({ ...half, notice: second % 2 === 0 ? full : null });
    vi.advanceTimersByTime(1000);
  }
  expect(written.filter((line) => line.startsWith('Paused'))).toHaveLength(2);
  expect(written.filter((line) => line.includes('goes on'))).toHaveLength(2);
});

test('a batch that ends while it is paused does not go on', () => {
  const { progress, written } = setUp('none');
  progress.start({ ...half, notice: full });
  progress.update({ ...half, state: 'canceled', notice: null });
  expect(written).toEqual(['Paused: The disk is full: free some space.\n']);
});
