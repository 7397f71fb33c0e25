/** Values read from texts, and a sentence for each text that cannot be read, by its field's name. */
export interface Read<Values> {
  values: Values;
  problems: Record<string, string>;
}

/** A whole number as it was typed; null where it is none, or more than a number can hold exactly. */
export function wholeNumber(text: string): number | null {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}
