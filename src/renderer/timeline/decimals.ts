import { languageNow } from '../words/t.ts';

/** A number with so many digits after its point, as the language writes it. */
export const decimals = (value: number, digits: number): string =>
  new Intl.NumberFormat(languageNow(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
