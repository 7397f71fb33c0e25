import { describe, expect, test } from 'vitest';
import type { ExportRow } from '../engine/store/store.ts';
import { failureLines, groupFailures } from './failures.ts';

const failed = (index: number, message: string, name = 'Error'): ExportRow => ({
  index,
  input: JSON.stringify(`/photos/${index}.jpg`),
  state: 'failed',
  value: null,
  error: { name, message },
  attempts: 1,
  ms: 1,
  startedAt: 1,
  worker: 1,
});
async function* slices(...rows: ExportRow[]) {
  for (const row of rows) yield [row];
}

describe('groups', () => {
  test('gather errors that differ in names and numbers only, largest first', async () => {
    const { groups, complete } = await groupFailures(
      slices(
        failed(0, 'page 3 is blank'),
        failed(1, "ENOENT: no such file, open '/a/b.jpg'"),
        failed(2, "ENOENT: no such file, open '/c d/e.jpg'"),
        failed(3, 'cannot read /photos/3.jpg: truncated'),
        failed(4, 'cannot read /photos/4.jpg: truncated'),
        failed(5, 'cannot read C:\\photos\\5.jpg: truncated'),
        failed(6, 'page 3 is blank', 'TypeError'),
      ),
    );
    expect(complete).toBe(true);
    expect(groups.map(({ count, index }) => [count, index])).toEqual([
      [3, 3],
      [2, 1],
      [1, 0],
      [1, 6],
    ]);
  });

  test('of very many failures read the first', async () => {
    const row = failed(0, 'no');
    const many = Array.from({ length: 30_000 }, () => row);
    const read: number[] = [];
    async function* rows() {
      for (let at = 0; at < 30; at += 1) {
        read.push(at);
        yield many.slice(0, 1000);
      }
    }
    const { groups, complete } = await groupFailures(rows());
    expect(complete).toBe(false);
    expect(groups[0]?.count).toBe(20_000);
    expect(read).toHaveLength(20);
  });
});

test('lines name the first task of each group, and count the rest', async () => {
  const failures = await groupFailures(
    slices(failed(3, 'page 1 is blank'), failed(4, 'page 2 is blank'), failed(5, 'torn'), failed(6, 'wet')),
  );
  expect(failureLines(failures, 2, 200)).toEqual([
    '  1. 2 tasks, first task 3 ("/photos/3.jpg"): Error: page 1 is blank',
    '  2. task 5 ("/photos/5.jpg"): Error: torn',
    '  and 1 other error',
  ]);
});

test('lines fit the terminal and cannot control it', async () => {
  const failures = await groupFailures(slices(failed(3, `\x1b]0;title\x07 bad\nnews ${'x'.repeat(500)}`)));
  const [line = ''] = failureLines(failures, 5, 80);
  expect(line).toContain('Error:  bad news xxx');
  expect(line.length).toBeLessThan(80);
  expect(line).not.toMatch(/\p{Cc}/u);
});
