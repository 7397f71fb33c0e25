import { expect, test } from 'vitest';
import { commandsFor, endSentence, nextLines } from './end-lines.ts';
import { testSummary } from './test-summary.ts';

const completed = { state: 'completed', endedAt: 54_200, rate: 184 } as const;

test('says how a batch ended', () => {
  expect(endSentence(testSummary({ succeeded: 10 }, completed))).toBe(
    '10 tasks succeeded in 54.2 s (184 /s).',
  );
  expect(endSentence(testSummary({ succeeded: 1 }, { ...completed, rate: null }))).toBe(
    '1 task succeeded in 54.2 s.',
  );
  expect(endSentence(testSummary({ succeeded: 7, failed: 3 }, completed))).toBe(
    '10 tasks: 7 succeeded, 3 failed in 54.2 s (184 /s).',
  );
  expect(endSentence(testSummary({ succeeded: 7, canceled: 3 }, { ...completed, state: 'canceled' }))).toBe(
    'Canceled after 54.2 s. 10 tasks: 7 succeeded, 3 canceled.',
  );
  const error = { name: 'Error', message: 'line 7 of a.csv is torn.' };
  expect(
    endSentence(testSummary({ succeeded: 7, pending: 3 }, { ...completed, state: 'canceled', error })),
  ).toBe('Stopped after 54.2 s: line 7 of a.csv is torn. 10 tasks: 7 succeeded, 3 not run.');
});

test('commands name the data folder only where it is not the default one', () => {
  expect(commandsFor('/data', '/data')('show', 12)).toBe('poolboard show 12');
  expect(commandsFor('/other', '/data')('show', 12, '--task 3')).toBe(
    'poolboard show 12 --task 3 --data-dir /other',
  );
  expect(commandsFor("/it's here", '/data')('show', 12)).toBe(
    String.raw`poolboard show 12 --data-dir '/it'\''s here'`,
  );
});

test('says what one may want to do next', () => {
  const commands = commandsFor('/data', '/data');
  const next = (...summary: Parameters<typeof testSummary>) => nextLines(testSummary(...summary), commands);
  expect(next({ succeeded: 10 }, completed)).toEqual([]);
  expect(next({ succeeded: 4, failed: 6 })).toEqual([]);
  expect(next({ succeeded: 4, pending: 6 }, { state: 'interrupted' })).toEqual([
    'Finish it with: poolboard resume 12',
  ]);
  expect(next({ succeeded: 4, canceled: 6 }, { state: 'canceled' })).toEqual([
    'Finish it with: poolboard resume 12',
  ]);
  expect(next({ succeeded: 4, failed: 6 }, completed)).toEqual([
    'Run what failed again with: poolboard retry 12 --failed',
  ]);
  expect(next({ succeeded: 4, canceled: 6 }, completed)).toEqual([
    'Run all that did not succeed with: poolboard retry 12',
  ]);
  expect(next({ succeeded: 4, failed: 1, skipped: 5 }, completed)).toEqual([
    'Run what failed again with: poolboard retry 12 --failed',
    'Run all that did not succeed with: poolboard retry 12',
  ]);
});
