/** Names for the columns of a header: without spaces around them, none empty, none twice. */
export function columnNames(
  header: readonly string[],
  file: string,
  warn: (sentence: string) => void,
): string[] {
  const used = new Set<string>();
  return header.map((given, index) => {
    const wanted = given.trim() || `column${index + 1}`;
    let name = wanted;
    for (let n = 2; used.has(name); n += 1) name = `${wanted}_${n}`;
    if (name !== wanted)
      warn(`${file} has several columns named ${wanted}; column ${index + 1} is taken as ${name}.`);
    used.add(name);
    return name;
  });
}

/** Writes rows as JSON objects by these names. A value beyond the names is left out. */
export function rowWriter(columns: readonly string[]): (values: readonly unknown[]) => string {
  const keys = columns.map((column, index) => `${index === 0 ? '{' : ','}${JSON.stringify(column)}:`);
  return (values) => {
    let text = '';
    for (let i = 0; i < keys.length; i += 1) text += keys[i]! + JSON.stringify(values[i] ?? null);
    return keys.length === 0 ? '{}' : `${text}}`;
  };
}
