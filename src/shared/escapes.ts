// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

/** A text without the sequences by which programs colour a terminal. */
export const withoutEscapes = (text: string): string =>
  text.includes('\u001b') ? text.replaceAll(escapes, '') : text;
