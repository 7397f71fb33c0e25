import { PoolboardError } from '../../shared/errors.ts';

/** The input as the path of a file. Throws `BAD_INPUT`. */
export function pathInput(task: string, input: unknown): string {
  if (typeof input === 'string' && input !== '' && !input.includes('\0')) return input;
  throw badInput(`${task} works on files, and its input is ${show(input)}: give files or folders.`);
}

/** The input as a number; a text that is a number is one. Throws `BAD_INPUT`. */
export function numberInput(task: string, input: unknown): number {
  const number = typeof input === 'string' ? Number(input.trim() || Number.NaN) : input;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw badInput(
    `${task} works on numbers, and its input is ${show(input)}: give a range or a list of numbers.`,
  );
}

export const badInput = (sentence: string) => new PoolboardError('BAD_INPUT', sentence);

/** An input for a sentence, cut where it is long. */
export function show(input: unknown): string {
  const text = JSON.stringify(input) ?? String(input);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
