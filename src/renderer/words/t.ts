import { formatCount } from '../../shared/format.ts';
import { en } from './en.ts';
import type { Text } from './text.ts';

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

/** A catalogue of another language; what it lacks is said in English. */
type Translation = { readonly [K in Key]?: Text };

let language = 'en';
let catalogue: Translation = en;
let sentences: Readonly<Record<string, string>> | undefined;

/** The language of the catalogue in use, a BCP 47 tag. */
export const languageNow = (): string => language;

/** Takes another catalogue into use, and what it makes of sentences of the engine. What was said before stays said: whoever calls this draws the window anew. */
export function speak(tag: string, texts: Translation, said?: Readonly<Record<string, string>>): void {
  language = tag;
  catalogue = texts;
  sentences = said;
}

/** Sentences of the engine in the language of now, by the English ones; undefined where that is English. */
export const sentencesNow = (): Readonly<Record<string, string>> | undefined => sentences;

/** Makes something of `Intl` once for each language, when it is first asked for. */
export function perLanguage<Made>(make: (language: string) => Made): () => Made {
  const made = new Map<string, Made>();
  return () => {
    const known = made.get(language) ?? make(language);
    made.set(language, known);
    return known;
  };
}

const plurals = perLanguage((tag) => new Intl.PluralRules(tag));

/**
 * A text of the catalogue, with its values put in. Numbers get the separators of the language; the plural form
 * follows `count`.
 */
export function t<K extends Key>(key: K, ...[values]: Arguments<K>): string {
  return fill(catalogue[key] ?? en[key], values);
}

/** Exported for its tests; components use {@link t}. */
export function fill(text: Text, values: Record<string, string | number> = {}): string {
  const template =
    typeof text === 'string' ? text : (text[plurals().select(Number(values.count))] ?? text.other);
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? '';
    return typeof value === 'number' ? formatCount(value, language) : value;
  });
}
