import { usageError } from './usage-error.ts';

const units = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 } as const;
const shape = /^(\d+\.?\d*|\.\d+)([kmgt]?)b?$/i;

/** A parser for a size in bytes: `512K`, `1.5G` or plain bytes, in decimal units as everywhere in Poolboard. */
export function size(flag: string, min: number, max = Number.MAX_SAFE_INTEGER) {
  return (text: string): number => {
    const match = shape.exec(text);
    if (!match) {
      throw usageError(`${flag} takes a size in bytes, for example 500M, 2G or 512K, not "${text}".`);
    }
    const unit = match[2]!.toLowerCase() as keyof typeof units;
    const bytes = Math.round(Number(match[1]) * units[unit]);
    if (bytes >= min && bytes <= max) return bytes;
    const most = max === Number.MAX_SAFE_INTEGER ? ' or more' : ` to ${sizeText(max)}`;
    throw usageError(`${flag} takes ${sizeText(min)}${most}, not "${text}".`);
  };
}

/** A size as one would type it: `1.5G`, `512K`. */
export function sizeText(bytes: number): string {
  const unit = (['t', 'g', 'm', 'k'] as const).find(
    (one) => bytes >= units[one] && bytes % (units[one] / 1000) === 0,
  );
  return unit === undefined ? String(bytes) : `${bytes / units[unit]}${unit.toUpperCase()}`;
}
