import { formatCount } from '../shared/format.ts';
import type { BatchId } from '../shared/task.ts';
import { usageError } from './usage-error.ts';

/** More than thirty years. */
const maxSeconds = 1e9;

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

/** A parser for seconds, with a fraction or without, as milliseconds. More than 0 where there is no `min`. */
export function seconds(flag: string, { min, max = maxSeconds }: { min?: number; max?: number } = {}) {
  const range = min === undefined ? 'more than 0' : `${min} or more`;
  const most = max === maxSeconds ? '' : ` and up to ${formatCount(max, 'en')}`;
  return (text: string): number => {
    const value = decimal(text);
    if ((min === undefined ? value > 0 : value >= min) && value <= max) return value * 1000;
    throw usageError(`${flag} takes seconds, ${range}${most}, not "${text}".`);
  };
}

/** How long an attempt may take: milliseconds, or percent of the median. */
export interface Timeout {
  timeoutMs?: number;
  timeoutPercent?: number;
}

/** `S` or `N%`, added to what was given before: both can hold, and the shorter one counts. */
export function timeout(text: string, former: Timeout = {}): Timeout {
  if (!text.endsWith('%')) {
    if (!(decimal(text) > 0)) {
      throw usageError(
        `--timeout takes seconds, more than 0, or percent of the median such as 300%, not "${text}".`,
      );
    }
    return { ...former, timeoutMs: seconds('--timeout')(text) };
  }
  const percent = decimal(text.slice(0, -1));
  if (percent > 0 && percent <= 1e6) return { ...former, timeoutPercent: percent };
  throw usageError(`--timeout takes a percentage more than 0 such as 300%, not "${text}".`);
}

/** Some of a few words, with commas between them. */
export function someOf<Word extends string>(flag: string, words: readonly Word[]) {
  return (text: string): Word[] => {
    const given = text.split(',').map((word) => word.trim());
    const unknown = given.find((word) => !(words as readonly string[]).includes(word));
    if (unknown !== undefined) {
      throw usageError(`${flag} takes any of ${words.join(', ')}, with commas between them, not "${text}".`);
    }
    return words.filter((word) => given.includes(word));
  };
}

/** A load average: a number, or percent of the cores. */
export function load(cores: number) {
  return (text: string): number => {
    const value = decimal(text.replace(/%$/, ''));
    const most = text.endsWith('%') ? (value / 100) * cores : value;
    if (most > 0 && most <= 1e6) return most;
    throw usageError(
      `--load takes a load average such as 1.5, or percent of the cores such as 80%, not "${text}".`,
    );
  };
}

/** NaN where the text is no plain number without a sign. */
const decimal = (text: string): number => (/^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN);

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
