import { formatSeconds } from '../../shared/format.ts';
import { languageNow } from '../words/t.ts';
import { decimals } from './decimals.ts';
import type { Range } from './range.ts';

/** Distances of ticks, milliseconds: those that people count time in. */
const steps = [
  ...[-3, -2, -1, 0, 1, 2].flatMap((power) => [1, 2, 5].map((digit) => digit * 10 ** power)),
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * 1000),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * 60_000),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * 3_600_000),
];

export interface Ticks {
  step: number;
  at: number[];
}

/** Round moments of a stretch, at least `distance` pixels apart. */
export function ticksOf({ from, to }: Range, pixels: number, distance = 90): Ticks {
  const least = ((to - from) / pixels) * distance;
  const day = 86_400_000;
  const step = steps.find((each) => each >= least) ?? Math.ceil(least / day) * day;
  const first = Math.ceil(from / step) * step;
  const at: number[] = [];
  for (let i = 0; first + i * step <= to; i++) at.push(first + i * step);
  return { step, at };
}

/** A moment of the run time as the axis writes it: `0:41`, `1:02:30`, `12.35 s`. @param step between two of them. */
export function momentText(ms: number, step: number): string {
  if (step >= 1000 || (ms === 0 && step >= 1)) return clock(ms);
  const digits = Math.max(0, Math.ceil(-Math.log10(step / 1000) - 1e-9));
  const minutes = Math.floor(ms / 60_000 + 1e-9);
  if (minutes === 0) return formatSeconds(ms / 1000, digits, languageNow());
  const seconds = ms / 1000 - minutes * 60;
  return `${clock(minutes * 60_000).slice(0, -2)}${seconds < 10 ? '0' : ''}${decimals(Math.max(0, seconds), digits)}`;
}

function clock(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const hours = Math.floor(seconds / 3600);
  return hours > 0 ? `${hours}:${rest}` : rest.replace(/^0(?=\d:)/, '');
}
