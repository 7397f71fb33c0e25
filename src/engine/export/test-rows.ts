import type { ExportRow } from '../store/store.ts';

/** Rows for the tests of the exporters. */

export const hostileTexts = [
  'plain',
  '',
  'comma, "quotes" and \'more\'',
  'line\nbreak\r\nand\rreturn',
  'tab\tnul\0bell\x07',
  'émoji 😀 你好',
  '=1+1',
  '\ufeffmark',
  '\u2028\u2029',
];

export function exportRow(index: number, more: Partial<ExportRow> = {}): ExportRow {
  return {
    index,
    input: JSON.stringify(`input ${index}`),
    state: 'succeeded',
    value: String(index * index),
    error: null,
    attempts: 1,
    ms: 1.5,
    startedAt: 1_750_000_000_000,
    worker: 1,
    ...more,
  };
}

export async function* slicesOf(...slices: ExportRow[][]): AsyncGenerator<ExportRow[]> {
  yield* slices;
}
