/** An input's or a result's JSON text as one reads it: a string without its quotes, anything else as it is. */
export function inputText(json: string): string {
  if (!json.startsWith('"')) return json;
  try {
    return String(JSON.parse(json));
  } catch {
    // The text was cut for display: what is left of a string has no closing quote.
    return json.slice(1).replaceAll(/\\(["\\/])/g, '$1');
  }
}

/** A path in two parts, so that a narrow column can cut the folder and keep the name; null where it is no path. */
export function pathParts(text: string): { folder: string; name: string } | null {
  const [, folder, name] = /^((?:\/|[A-Za-z]:\\|\\\\).*[/\\])([^/\\\n]+)$/s.exec(text) ?? [];
  return folder && name ? { folder, name } : null;
}
