import { PoolboardError } from '../../shared/errors.ts';
import { maxBlockInputs, type Slice } from './block.ts';

/** The values of a list. Throws `NO_INPUTS` where it is empty. */
export async function* listSlices(values: readonly unknown[]): AsyncGenerator<Slice> {
  if (values.length === 0) throw new PoolboardError('NO_INPUTS', 'The list of inputs is empty: add values.');
  for (let first = 0; first < values.length; first += maxBlockInputs) {
    const part = values.slice(first, first + maxBlockInputs);
    yield { texts: part.map((value) => JSON.stringify(value ?? null)) };
  }
}
