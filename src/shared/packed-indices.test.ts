import { expect, test } from 'vitest';
import { packMessage, unpackMessage } from './packed-indices.ts';
import type { ChunkMessage } from './wire.ts';

const chunk = (indices: number[]): ChunkMessage => ({ type: 'chunk', job: 1, chunk: 2, indices, inputs: [] });

test.each([[[]], [[7]], [[3, 4, 5]], [[3, 5, 6]], [[2, 1]]])(
  'the indices %j arrive as they were sent',
  (indices) => {
    expect(unpackMessage(structuredClone(packMessage(chunk(indices))))).toEqual(chunk(indices));
  },
);

test('thousands of consecutive indices are sent as two numbers, and the message that was handed over is left as it is', () => {
  const indices = Array.from({ length: 4096 }, (_, i) => 1000 + i);
  const message = chunk(indices);
  expect(packMessage(message)).toMatchObject({ indices: { first: 1000, count: 4096 } });
  expect(message.indices).toBe(indices);
});

test('messages without indices are passed on', () => {
  const message = { type: 'ack' } as const;
  expect(unpackMessage(packMessage(message))).toBe(message);
});
