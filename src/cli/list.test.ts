import { expect, test } from 'vitest';
import { listLines, matches } from './list.ts';
import { testSummary } from './test-summary.ts';

const started = new Date(2026, 2, 1, 20, 8).getTime();
const batches = [
  testSummary(
    { succeeded: 5, running: 5 },
    { id: 112, name: 'resize', startedAt: started, bytes: 4_100_000 },
  ),
  testSummary(
    { succeeded: 9997, failed: 3 },
    { id: 9, state: 'completed', name: 'hash', startedAt: started, endedAt: started + 54_200, bytes: 512 },
  ),
];

test('batches are a table with numbers that line up', () => {
  expect(listLines(batches, 200, started + 3000)).toEqual([
    'BATCH  STATE      NAME      DONE  FAILED  STARTED             TOOK    SIZE',
    '  112  running    resize    5/10          2026-03-01 20:08   3.0 s  4.1 MB',
    '    9  completed  hash    10,000       3  2026-03-01 20:08  54.2 s   512 B',
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

test('how long a batch took whose program was killed is not made up', () => {
  const killed = { ...batches[0]!, state: 'interrupted' } as const;
  expect(listLines([killed], 200, started + 86_400_000)[1]).toMatch(/20:08 +4\.1 MB$/);
});

test('the size gives way where a terminal is narrow', () => {
  const [title] = listLines([{ ...batches[0]!, name: 'a long name '.repeat(4) }], 80, started);
  expect(title).toMatch(/TOOK$/);
  expect(listLines([{ ...batches[0]!, name: 'short' }], 80, started)[0]).toMatch(/SIZE$/);
});

test('a search is in name, task and state, and ignores case', () => {
  const found = (search: string) => batches.filter((batch) => matches(batch, search)).map(({ id }) => id);
  expect(found('')).toEqual([112, 9]);
  expect(found('RESIZE')).toEqual([112]);
  expect(found('complete')).toEqual([9]);
  expect(found('hash')).toEqual([112, 9]);
  expect(found('nothing')).toEqual([]);
});
