import { expect, test } from 'vitest';
import { inOrder, moved, placeBehind, type Waiting } from './order.ts';

const three: Waiting[] = [
  { id: 7, place: 3 },
  { id: 5, place: 1 },
  { id: 6, place: 2 },
];
const after = (waiting: Waiting[], id: number, before: number | null) => {
  const places = moved(waiting, id, before);
  return inOrder(waiting.map((batch) => ({ ...batch, place: places.get(batch.id) ?? batch.place }))).map(
    (batch) => batch.id,
  );
};

test('the least place is next, and the older batch where places are equal', () => {
  expect(inOrder(three).map(({ id }) => id)).toEqual([5, 6, 7]);
  expect(
    inOrder([
      { id: 2, place: 1 },
      { id: 1, place: 1 },
    ]).map(({ id }) => id),
  ).toEqual([1, 2]);
  expect(placeBehind(three)).toBe(4);
  expect(placeBehind([])).toBe(1);
});

test('a batch is put before another one, first, and behind all', () => {
  expect(after(three, 7, 6)).toEqual([5, 7, 6]);
  expect(after(three, 7, 5)).toEqual([7, 5, 6]);
  expect(after(three, 5, null)).toEqual([6, 7, 5]);
  expect(after(three, 5, 7)).toEqual([6, 5, 7]);
});

test('where nothing moves, nothing changes; otherwise one place does', () => {
  expect(moved(three, 5, 6).size).toBe(0);
  expect(moved(three, 7, null).size).toBe(0);
  expect(moved(three, 5, 5).size).toBe(0);
  expect(moved(three, 99, 5).size).toBe(0);
  expect(moved(three, 7, 6).size).toBe(1);
});

test('batches of equal places, and those without a number between them, are counted anew', () => {
  const equal = [1, 2, 3].map((id) => ({ id, place: 1 }));
  expect(after(equal, 3, 2)).toEqual([1, 3, 2]);
  const close = [
    { id: 1, place: 1 },
    { id: 2, place: 1 + Number.EPSILON },
    { id: 3, place: 2 },
  ];
  expect(after(close, 3, 2)).toEqual([1, 3, 2]);
});
