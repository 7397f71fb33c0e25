import { expect, test } from 'vitest';
import { withoutEscapes } from '../../shared/escapes.ts';
import type { OutputPiece, OutputStream } from '../../shared/task.ts';
import { outputBlocks } from './output-blocks.ts';

const piece = (stream: OutputStream, text: string, at: number): OutputPiece => ({
  index: 0,
  stream,
  text,
  at,
});

test('pieces of one stream are joined, streams stay in order', () => {
  const blocks = outputBlocks([
    piece('stdout', 'a', 1),
    piece('stdout', 'b\n', 2),
    piece('stderr', 'c\n', 3),
    piece('stdout', 'd\n', 4),
  ]);
  expect(blocks).toEqual([
    { stream: 'stdout', text: 'ab\n', at: 1 },
    { stream: 'stderr', text: 'c\n', at: 3 },
    { stream: 'stdout', text: 'd\n', at: 4 },
  ]);
});

test('what colours a terminal is left out, all else is kept', () => {
  expect(withoutEscapes('\u001b[1;31mred\u001b[0m [31m]')).toBe('red [31m]');
  expect(withoutEscapes('\u001b]8;;https://a\u0007link\u001b]8;;\u0007')).toBe('link');
});
