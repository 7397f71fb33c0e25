/** A text of a catalogue: plain, or with a form for each plural of the language that has one. */
export type Text = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

/** The names of the values that a text takes, `count` of plural forms among them. */
export function placeholders(text: Text): Set<string> {
  const forms = typeof text === 'string' ? [text] : Object.values(text);
  const names = forms.flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!));
  return new Set(typeof text === 'string' ? names : ['count', ...names]);
}
