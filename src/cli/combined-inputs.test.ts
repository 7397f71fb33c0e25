import { describe, expect, test } from 'vitest';
import { splitSources } from './combined-inputs.ts';

const list = (...values: string[]) => ({ kind: 'list', values });

describe('splitSources', () => {
  test('leaves a command line without sources as it is', () => {
    expect(splitSources(['run', 'a', '--range', '0..3'])).toEqual({
      words: ['run', 'a', '--range', '0..3'],
      source: null,
    });
  });

  test('takes everything after ::: as a value, also what looks like an option', () => {
    expect(splitSources(['run', '--builtin', 'hash', ':::', '-rf', '--help'])).toEqual({
      words: ['run', '--builtin', 'hash'],
      source: list('-rf', '--help'),
    });
  });

  test('combines several with all pairs, or in step', () => {
    expect(splitSources([':::', 'a', 'b', ':::', 'x']).source).toEqual({
      kind: 'product',
      sources: [list('a', 'b'), list('x')],
    });
    expect(splitSources([':::', 'a', 'b', ':::+', 'x', 'y']).source).toEqual({
      kind: 'zip',
      sources: [list('a', 'b'), list('x', 'y')],
    });
  });

  test('reads the lines of files after ::::', () => {
    expect(splitSources(['::::', 'a.txt', 'b.txt']).source).toEqual({
      kind: 'product',
      sources: [
        { kind: 'rows', file: 'a.txt', format: 'lines' },
        { kind: 'rows', file: 'b.txt', format: 'lines' },
      ],
    });
  });

  test('refuses an empty source, and one part in step', () => {
    expect(() => splitSources([':::'])).toThrow('There is nothing after :::.');
    expect(() => splitSources([':::', 'a', ':::', 'b', ':::+', 'c'])).toThrow(/all with :::\+/);
  });
});
