import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InFlightChunk } from './in-flight.ts';

const chunkOf = (indices: number[]) =>
  new InFlightChunk(1, 1, { indices, inputs: indices.map((i) => `"${i}"`).join('\n') }, false);

describe('InFlightChunk', () => {
  it('answers the position of each task once, in whatever order they end', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(1000), { minLength: 1 }),
        fc.infiniteStream(fc.nat()),
        (indices, picks) => {
          const chunk = chunkOf(indices);
          const open = [...indices];
          while (open.length > 0) {
            const [index] = open.splice(picks.next().value! % open.length, 1);
            const position = chunk.end(index!);
            expect(indices[position]).toBe(index);
            expect(chunk.end(index!)).toBe(-1);
            expect(chunk.open()).toEqual(open);
            expect(chunk.remaining).toBe(open.length);
            expect(chunk.first).toBe(open[0]);
          }
        },
      ),
    );
  });

  it('knows no task that it never held', () => {
    const chunk = chunkOf([3, 4]);
    expect(chunk.end(5)).toBe(-1);
    expect(chunk.remaining).toBe(2);
  });

  it('knows the input of each task', () => {
    const chunk = chunkOf([7, 9]);
    expect(chunk.inputOf(9)).toBe('"9"');
    expect(chunk.tasks()).toEqual([
      { job: 1, index: 7, input: '"7"', alone: false },
      { job: 1, index: 9, input: '"9"', alone: false },
    ]);
  });
});
