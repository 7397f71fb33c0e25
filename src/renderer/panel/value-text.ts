/** Characters that are laid out before one asks for all. */
export const shownCharacters = 10_000;
/** A longer JSON text is shown as it is: parsing and laying it out again would take too long to wait for. */
const maxPretty = 2_000_000;

/** A JSON text for people: a string as its own text, anything else indented. */
export function readable(json: string): { text: string; isText: boolean } {
  if (json.length > maxPretty && !json.startsWith('"')) return { text: json, isText: false };
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'string') return { text: value, isText: true };
    return { text: JSON.stringify(value, null, 2), isText: false };
  } catch {
    return { text: json, isText: false };
  }
}
