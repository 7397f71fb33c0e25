import { PoolboardError } from '../../shared/errors.ts';
import { type RangeSource, rangeLength } from '../../shared/inputs.ts';
import { maxBlockInputs, type Slice } from './block.ts';

/** The numbers of a range, as Python's `range`. Throws `NO_INPUTS` where it holds none. */
export async function* rangeSlices(source: RangeSource): AsyncGenerator<Slice> {
  const { from, step } = source;
  const length = rangeLength(source);
  if (length === 0) throw emptyRange(source);
  for (let first = 0; first < length; first += maxBlockInputs) {
    const count = Math.min(maxBlockInputs, length - first);
    const texts = new Array<string>(count);
    for (let i = 0; i < count; i += 1) texts[i] = String(from + (first + i) * step);
    yield { texts };
  }
}

function emptyRange({ from, to, step }: RangeSource): PoolboardError {
  const fix =
    from === to
      ? 'its end is not part of it, so the end must lie beyond the start'
      : step > 0
        ? 'give an end above its start, or a negative step'
        : 'give an end below its start, or a positive step';
  return new PoolboardError(
    'NO_INPUTS',
    `The range from ${from} to ${to} in steps of ${step} holds no numbers: ${fix}.`,
  );
}
