import { describe, expect, it } from 'vitest';
import { columnValues } from '../../shared/json-column.ts';
import { enumerate } from './enumerate.ts';
import { collect } from './test-tree.ts';

const range = (from: number, to: number, step = 1) => ({ kind: 'range' as const, from, to, step });
const list = (...values: string[]) => ({ kind: 'list' as const, values });

describe('ranges', () => {
  it.each([
    [range(0, 3), [0, 1, 2]],
    [range(5, -5, -4), [5, 1, -3]],
    [range(-1, 6, 3), [-1, 2, 5]],
  ])('%j are as in Python', async (source, expected) => {
    expect((await collect(source)).inputs).toEqual(expected);
  });

  it('come in blocks, all of them', async () => {
    const { inputs, blocks } = await collect(range(0, 10_000));
    expect(inputs).toEqual(Array.from({ length: 10_000 }, (_, i) => i));
    expect(blocks).toEqual([4096, 4096, 1808]);
  });

  it('without a number say how to get some', async () => {
    await expect(collect(range(3, 3))).rejects.toMatchObject({ code: 'NO_INPUTS' });
    await expect(collect(range(1, 9, -1))).rejects.toThrow(
      'The range from 1 to 9 in steps of -1 holds no numbers: give an end below its start, or a positive step.',
    );
  });
});

describe('lists', () => {
  it('give their values', async () => {
    const values = ['a', 1, null, { b: [true] }];
    expect((await collect({ kind: 'list', values })).inputs).toEqual(values);
  });

  it('give blocks of about a megabyte where values are large', async () => {
    const { blocks } = await collect(list(...Array.from({ length: 9 }, () => 'x'.repeat(400_000))));
    expect(blocks).toEqual([3, 3, 3]);
  });

  it('are told where they are empty', async () => {
    await expect(collect(list())).rejects.toMatchObject({ code: 'NO_INPUTS' });
  });
});

describe('several sources', () => {
  it('combine to all pairs, the last varying fastest', async () => {
    const source = { kind: 'product' as const, sources: [list('a', 'b'), range(1, 3), list('x', 'y')] };
    const { inputs } = await collect(source);
    expect(inputs).toEqual([
      ['a', 1, 'x'],
      ['a', 1, 'y'],
      ['a', 2, 'x'],
      ['a', 2, 'y'],
      ['b', 1, 'x'],
      ['b', 1, 'y'],
      ['b', 2, 'x'],
      ['b', 2, 'y'],
    ]);
  });

  it('go in step, and end with the shortest, which is said', async () => {
    const { inputs, warnings } = await collect({
      kind: 'zip',
      sources: [range(0, 5000), range(0, 4500), range(0, 9000)],
    });
    expect(inputs).toHaveLength(4500);
    expect(inputs[4499]).toEqual([4499, 4499, 4499]);
    expect(warnings).toEqual([
      'The sources differ in length: stopped after 4500 inputs, where source 2 ended.',
    ]);
    expect((await collect({ kind: 'zip', sources: [list('a'), list('b')] })).warnings).toEqual([]);
  });

  it('say which of them holds nothing', async () => {
    await expect(collect({ kind: 'zip', sources: [list('a'), range(1, 1)] })).rejects.toThrow(
      'range from 1 to 1',
    );
  });

  it('are combined lazily', async () => {
    const source = { kind: 'product' as const, sources: [range(0, 1e12), range(0, 1000)] };
    for await (const block of enumerate(source, { warn: () => {} })) {
      expect(columnValues(block.inputs, block.count)[1]).toEqual([0, 1]);
      break;
    }
  });
});
