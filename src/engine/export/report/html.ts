/** A piece of HTML, as opposed to a text that has to be escaped. */
export interface Html {
  readonly html: string;
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string =>
  text.toWellFormed().replaceAll(/[&<>"']/g, (character) => escapes[character]!);

type Part = Html | string | number | null | undefined | false | Part[];

function textOf(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (Array.isArray(part)) return part.map(textOf).join('');
  return typeof part === 'object' ? part.html : escaped(String(part));
}

/** Makes HTML of a template: what is put in is escaped, but for what is HTML itself. */
export const html = (texts: TemplateStringsArray, ...parts: Part[]): Html => ({
  html: texts.map((text, at) => text + textOf(parts[at])).join(''),
});
