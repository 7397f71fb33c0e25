import { expect, test } from 'vitest';
import { endSentence, showCommand } from './end-lines.ts';
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

test('names the data folder only where it is not the default one', () => {
  expect(showCommand(12, '/data', '/data')).toBe('poolboard show 12');
  expect(showCommand(12, '/other', '/data')).toBe('poolboard show 12 --data-dir /other');
  expect(showCommand(12, "/it's here", '/data')).toBe(
    String.raw`poolboard show 12 --data-dir '/it'\''s here'`,
  );
});
