import { formatCount } from '../shared/format.ts';
import type { BatchId } from '../shared/task.ts';
import { usageError } from './usage-error.ts';

/** A parser for the value of option `flag`: a whole number from `min` to `max`. */
export function wholeNumber(flag: string, min: number, max = Number.MAX_SAFE_INTEGER) {
  const range =
    max === Number.MAX_SAFE_INTEGER ? `, ${min} or more` : ` from ${min} to ${formatCount(max, 'en')}`;
  return (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw usageError(`${flag} takes a whole number${range}, not "${text}".`);
  };
}

/** Tasks a chunk: a whole number, or `auto`. */
export function chunkSize(text: string): number | 'auto' {
  if (text === 'auto') return text;
  if (!/^\d+$/.test(text)) throw usageError(`--chunk-size takes a whole number or auto, not "${text}".`);
  return wholeNumber('--chunk-size', 1, 100_000)(text);
}

/** Seconds, with a fraction or without, as milliseconds. */
export function secondsAsMs(text: string): number {
  const seconds = /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (seconds > 0) return seconds * 1000;
  throw usageError(`--timeout takes seconds, more than 0, not "${text}".`);
}

/** `KEY=VALUE`; the value may be empty and may hold more equals signs. */
export function keyValue(flag: string, text: string): [key: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1) throw usageError(`${flag} takes KEY=VALUE, not "${text}".`);
  return [text.slice(0, at), text.slice(at + 1)];
}

export function batchId(text: string): BatchId {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw usageError(`BATCH is the number of a batch, not "${text}"; \`poolboard list\` shows the numbers.`);
}

/** One of a few words. */
export function oneOf<Word extends string>(flag: string, words: readonly Word[]) {
  return (text: string): Word => {
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return word;
    throw usageError(`${flag} takes ${words.slice(0, -1).join(', ')} or ${words.at(-1)}, not "${text}".`);
  };
}
