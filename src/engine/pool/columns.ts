import { columnTexts } from '../../shared/json-column.ts';
import type { Column } from '../../shared/wire.ts';
import type { EndedAttempts } from './job.ts';

/** A column with another value (an object that JSON can hold) at a position. */
export function replaceValue(values: Column, count: number, position: number, value: object): Column {
  if (typeof values !== 'string') return values.with(position, value);
  return columnTexts(values, count).with(position, JSON.stringify(value)).join('\n');
}

/** The attempts at some positions, ascending; `inputs` belongs to these already. */
export function pickAttempts(all: EndedAttempts, positions: number[]): EndedAttempts {
  const { values, indices, outcomes, states, startedAt, ms, attempts } = all;
  const column = typeof values === 'string' ? columnTexts(values, indices.length) : values;
  const kept = positions.map((i) => column[i]);
  return {
    ...all,
    indices: positions.map((i) => indices[i]!),
    outcomes: Uint8Array.from(positions, (i) => outcomes[i]!),
    states: Uint8Array.from(positions, (i) => states[i]!),
    values: typeof values === 'string' ? kept.join('\n') : kept,
    startedAt: Float64Array.from(positions, (i) => startedAt[i]!),
    ms: Float64Array.from(positions, (i) => ms[i]!),
    attempts: attempts && positions.map((i) => attempts[i]!),
  };
}
