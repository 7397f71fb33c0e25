import { expect, test } from 'vitest';
import type { OutputPiece } from '../../shared/task.ts';
import { commitOf, hostileTexts, newBatch, newStore } from './test-store.ts';

const piece = (index: number, text: string, more: Partial<OutputPiece> = {}): OutputPiece => ({
  index,
  stream: 'stdout',
  text,
  at: 1_750_000_000_000.5,
  ...more,
});

async function storeWithBatch() {
  const store = await newStore();
  const id = await store.createBatch(newBatch());
  await store.addRange(id, 0, 1, 3);
  return { store, id };
}

test('pieces of a task come back in order, however they came', async () => {
  const { store, id } = await storeWithBatch();
  const first = piece(1, 'a', { stream: 'stderr', at: 1 });
  const second = piece(1, 'b', { stream: 'log', at: 2 });
  await store.addOutput(id, [first, piece(0, 'other')]);
  await store.commit([commitOf(id, [{ index: 1 }], { output: [second] })]);
  expect(await store.output(id, 1, 10, 1000)).toEqual({ pieces: [first, second], cut: false });
  expect(await store.output(id, 2, 10, 1000)).toEqual({ pieces: [], cut: false });
});

test('hostile texts come back exactly; half a pair of surrogates becomes the replacement character', async () => {
  const { store, id } = await storeWithBatch();
  await store.addOutput(
    id,
    hostileTexts.map((text) => piece(0, text)),
  );
  const { pieces } = await store.output(id, 0, 100, 10_000);
  expect(pieces.map(({ text }) => text)).toEqual(hostileTexts.map((text) => text.toWellFormed()));
});

test('only the last pieces are given, and it is said that there are more', async () => {
  const { store, id } = await storeWithBatch();
  await store.addOutput(
    id,
    Array.from({ length: 10 }, (_, n) => piece(0, `${n}`)),
  );
  const texts = async (maxPieces: number, maxCharacters: number) => {
    const { pieces, cut } = await store.output(id, 0, maxPieces, maxCharacters);
    return [pieces.map(({ text }) => text).join(''), cut];
  };
  expect(await texts(3, 100)).toEqual(['789', true]);
  expect(await texts(10, 100)).toEqual(['0123456789', false]);
  expect(await texts(10, 10)).toEqual(['0123456789', false]);
  expect(await texts(10, 4)).toEqual(['6789', true]);
  await store.addOutput(id, [piece(0, 'abcdef')]);
  expect(await texts(10, 4)).toEqual(['cdef', true]);
});
