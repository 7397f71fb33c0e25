/** Characters of a text that a row of the table shows. */
const maxCharacters = 200;

/**
 * Characters of JSON text that are enough for that many readable ones: an escape like `\u0000` takes six, and
 * the quote stands before them.
 */
export const enoughJson = (maxCharacters + 1) * 6 + 1;

const wholeTokens = /^"(?:[^"\\]|\\u[0-9a-fA-F]{4}|\\["\\/bfnrt])*/;

/**
 * A JSON text as a row shows it: a string without its quotes, anything else as it is; cut with "…".
 * @param json the text, or its first {@link enoughJson} characters or more.
 */
export function readable(json: string): string {
  if (!json.startsWith('"')) return cutText(json);
  const start = wholeTokens.exec(json)?.[0] ?? '"';
  return cutText(JSON.parse(`${start}"`) as string);
}

/** A text as a row shows it, cut with "…". */
export function cutText(text: string): string {
  // Cutting can leave half of a pair of surrogates, which no text may hold.
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters).toWellFormed()}…` : text;
}
