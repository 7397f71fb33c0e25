import { perLanguage } from '../words/t.ts';

const plain = perLanguage((language) => new Intl.NumberFormat(language, { maximumSignificantDigits: 7 }));
const exponent = perLanguage(
  (language) => new Intl.NumberFormat(language, { notation: 'scientific', maximumSignificantDigits: 5 }),
);

/** A number of a summary, with as many digits as tell something. */
export function figure(value: number): string {
  const size = Math.abs(value);
  return (size !== 0 && (size >= 1e15 || size < 1e-4) ? exponent() : plain()).format(value);
}
