import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { Store } from '../store/store.ts';
import { type FillTools, openInputs } from './fill.ts';
import { Patience } from './patience.ts';

/** What a filling needs, with a store that only notes what it is given. */
function noting(store: Partial<Store>, stdin?: PassThrough): FillTools {
  return {
    store: store as Store,
    patience: new Patience(() => {}),
    enumerating: { warn: () => {}, stdin },
    onError: () => {},
    onAway: () => {},
  };
}

test('a long range that is left has what was on its way, and all that has run, and says how many', async () => {
  const ends: number[] = [];
  const totals: number[] = [];
  const filling = await openInputs(
    { kind: 'range', from: 0, to: 9_000_000, step: 1 },
    noting({
      async addRange(_id, _from, _step, end) {
        ends.push(end);
        if (ends.length === 1) expect(filling.leave()).toBe(true);
      },
    }),
  );
  filling.source.take(700_000);
  expect(await filling.fill({ batch: 1, grew: (total) => totals.push(total) })).toBe(false);
  expect(ends).toEqual([500_000, 1_000_000]);
  expect(totals).toEqual([9_000_000, 1_000_000]);
});

test('a range of which little is missing is put into the store whole, though it is left', async () => {
  const ends: number[] = [];
  const filling = await openInputs(
    { kind: 'range', from: 0, to: 1_200_000, step: 1 },
    noting({ addRange: async (_id, _from, _step, end) => void ends.push(end) }),
  );
  filling.leave();
  expect(await filling.fill({ batch: 1, grew: () => {} })).toBe(true);
  expect(ends).toEqual([500_000, 1_000_000, 1_200_000]);
});

test('inputs that are left while more of them may come are those that are in the store', async () => {
  const stdin = new PassThrough();
  stdin.write('a\nb\n');
  const added: string[] = [];
  const filling = await openInputs(
    { kind: 'rows', file: '-' },
    noting(
      {
        async addInputs(_id, _first, inputs) {
          added.push(inputs);
          filling.leave();
          stdin.write('c\n');
        },
        readWaiting: async () => ({ indices: [], inputs: '', past: [] }),
      },
      stdin,
    ),
  );
  const totals: number[] = [];
  expect(await filling.fill({ batch: 1, grew: (total) => totals.push(total) })).toBe(false);
  expect(added).toEqual(['"a"\n"b"']);
  expect(totals).toEqual([2]);
  await filling.drop();
});
