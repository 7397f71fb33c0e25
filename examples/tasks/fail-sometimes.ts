/** Fails on every seventh number, with all that an error can tell: a code, a cause, fields of its own. */
export const meta = { summary: 'Fails on every seventh number.', takes: 'number' };

class UnluckyNumber extends Error {
  readonly code = 'E_UNLUCKY';
  readonly digits: number[];

  constructor(x: number, options: ErrorOptions) {
    super(`${x} can be divided by seven.`, options);
    this.name = 'UnluckyNumber';
    this.digits = [...String(x)].map(Number);
  }
}

export default function failSometimes(x: number) {
  console.log(`dividing ${x} by seven`);
  try {
    return divide(x);
  } catch (cause) {
    throw new UnluckyNumber(x, { cause });
  }
}

function divide(x: number) {
  if (x % 7 === 0) throw new RangeError(`${x} / 7 leaves nothing over.`);
  return x / 7;
}
