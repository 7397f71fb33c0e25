import { expect, test } from 'vitest';
import { listLines } from './list.ts';
import { testSummary } from './test-summary.ts';

const started = new Date(2026, 2, 1, 20, 8).getTime();
const batches = [
  testSummary({ succeeded: 5, running: 5 }, { id: 112, name: 'resize', startedAt: started }),
  testSummary(
    { succeeded: 9997, failed: 3 },
    { id: 9, state: 'completed', name: 'hash', startedAt: started, endedAt: started + 54_200 },
  ),
];

test('batches are a table with numbers that line up', () => {
  expect(listLines(batches, 200, started + 3000)).toEqual([
    'BATCH  STATE      NAME      DONE  FAILED  STARTED             TOOK',
    '  112  running    resize    5/10          2026-03-01 20:08   3.0 s',
    '    9  completed  hash    10,000       3  2026-03-01 20:08  54.2 s',
  ]);
});

test('names are cut to the terminal, and cannot control it', () => {
  const [, line = ''] = listLines(
    [{ ...batches[0]!, name: `\x1b[2J${'a long name '.repeat(20)}` }],
    80,
    started,
  );
  expect(line.length).toBeLessThanOrEqual(80);
  expect(line).toMatch(/ a long name.*… /);
  expect(line).not.toContain('\x1b');
});
