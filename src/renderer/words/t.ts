import { formatCount } from '../../shared/format.ts';
import { en } from './en.ts';

/** The language of the catalogue in use, a BCP 47 tag: for `Intl` and for the document. */
export const language = 'en';

type Catalogue = typeof en;
/** The name of a text in the catalogue. */
export type Key = keyof Catalogue;
type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Forms<Text> = Text extends { other: string } ? Text[keyof Text] : Text;
type Values<K extends Key> =
  | Names<Forms<Catalogue[K]>>
  | (Catalogue[K] extends { other: string } ? 'count' : never);
type ValueOf<Name> = Name extends 'count' ? number : string | number;
type Arguments<K extends Key> = [Values<K>] extends [never]
  ? []
  : [values: { [Name in Values<K>]: ValueOf<Name> }];

/** The keys whose texts need no values: for tables of keys. */
export type PlainKey = { [K in Key]: Arguments<K> extends [] ? K : never }[Key];

const plurals = new Intl.PluralRules(language);

/**
 * A text of the catalogue, with its values put in. Numbers get the separators of the language; the plural form
 * follows `count`.
 */
export function t<K extends Key>(key: K, ...[values]: Arguments<K>): string {
  return fill(en[key], values);
}

type Text = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);

/** Exported for its tests; components use {@link t}. */
export function fill(text: Text, values: Record<string, string | number> = {}): string {
  const template =
    typeof text === 'string' ? text : (text[plurals.select(Number(values.count))] ?? text.other);
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? '';
    return typeof value === 'number' ? formatCount(value, language) : value;
  });
}
