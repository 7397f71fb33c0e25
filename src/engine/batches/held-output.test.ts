import { expect, test } from 'vitest';
import type { OutputPiece } from '../../shared/task.ts';
import { HeldOutput } from './held-output.ts';

const piece = (index: number, text: string, at = 1): OutputPiece => ({ index, stream: 'stdout', text, at });
const textOf = (pieces: OutputPiece[]): string => pieces.map(({ text }) => text).join('');

test('gives back what it holds, by worker and task, each in its order, and once', () => {
  const held = new HeldOutput();
  const given = piece(1, 'one ');
  held.add([given, piece(2, 'other '), piece(1, 'two', 2)], 7);
  held.add([{ ...piece(1, 'three'), stream: 'stderr' }], 7);
  held.add([piece(3, 'elsewhere')], 8);
  expect(held.workers).toEqual([7, 8]);
  expect(held.take(7)).toEqual([
    piece(1, 'one two'),
    { ...piece(1, 'three'), stream: 'stderr' },
    piece(2, 'other '),
  ]);
  expect(held.take(7)).toEqual([]);
  expect(held.take(8)).toEqual([piece(3, 'elsewhere')]);
  expect(held.isEmpty).toBe(true);
  // What was told of by then is not changed.
  expect(given.text).toBe('one ');
});

test('keeps the end of what the task that prints most has printed, and all of a quiet one', () => {
  const held = new HeldOutput(1_000_000);
  held.add([piece(1, 'quiet')], 1);
  for (let line = 0; line < 200; line++) held.add([piece(2, `${line} ${'x'.repeat(50_000)}\n`, line)], 1);
  const pieces = held.take(1);
  expect(pieces[0]).toEqual(piece(1, 'quiet'));
  const noisy = textOf(pieces.slice(2));
  expect(noisy.length).toBeLessThan(1_000_000);
  expect(noisy.length).toBeGreaterThan(900_000);
  expect(noisy).toContain('\n199 x');
  const all = Array.from({ length: 200 }, (_, line) => `${line} ${'x'.repeat(50_000)}\n`).join('').length;
  expect(pieces[1]).toMatchObject({ index: 2, stream: 'log' });
  expect(pieces[1]!.text).toContain(`[… ${(all - noisy.length).toLocaleString('en')} characters left out …]`);
});

test('one text that is longer than all that is held is cut to its end', () => {
  const held = new HeldOutput(1000);
  held.add([piece(1, `${'x'.repeat(5000)}end`)], 1);
  const [mark, rest] = held.take(1);
  expect(rest!.text).toMatch(/^x+end$/);
  expect(rest!.text.length).toBeLessThanOrEqual(1000);
  expect(mark!.text).toContain(
    `[… ${(5003 - rest!.text.length).toLocaleString('en')} characters left out …]`,
  );
  // All that it held is gone from its count too.
  held.add([piece(1, 'y'.repeat(800))], 1);
  expect(held.take(1)).toEqual([piece(1, 'y'.repeat(800))]);
});

test('very many tasks that print a little each are bounded too', () => {
  const held = new HeldOutput(1000);
  for (let index = 0; index < 100; index++) held.add([piece(index, 'a')], 1);
  const kept = held.take(1).filter(({ stream }) => stream === 'stdout');
  expect(kept.length).toBeLessThan(10);
  expect(held.isEmpty).toBe(true);
});
