/** A path in two parts, so that a narrow column can cut the folder and keep the name; null where it is no path. */
export function pathParts(text: string): { folder: string; name: string } | null {
  const [, folder, name] = /^((?:\/|[A-Za-z]:[/\\]|\\\\)(?:.*[/\\])?)([^/\\\n]+)$/s.exec(text) ?? [];
  return folder && name ? { folder, name } : null;
}
