import { sentencesNow } from './t.ts';

/** A sentence with values in it, as it is recognised. */
interface Pattern {
  matches: RegExp;
  translation: string;
}

const patterns = new WeakMap<object, Pattern[]>();

/**
 * What was said outside of the window, which speaks English: in the language of now where its catalogue has the
 * sentence, else as it came. Values in it are taken over; those that are sentences themselves are said likewise.
 */
export function said(sentence: string): string {
  const sentences = sentencesNow();
  if (!sentences) return sentence;
  const whole = sentences[sentence];
  if (whole !== undefined) return whole;
  for (const { matches, translation } of patternsOf(sentences)) {
    const values = matches.exec(sentence);
    if (values)
      return translation.replaceAll(/\{(\d)\}/g, (_, number: string) => said(values[Number(number)] ?? ''));
  }
  return sentence;
}

function patternsOf(sentences: Readonly<Record<string, string>>): Pattern[] {
  const known = patterns.get(sentences);
  if (known) return known;
  const made = Object.entries(sentences)
    .filter(([sentence]) => sentence.includes('{}'))
    // The one with the most words of its own says most exactly what was meant.
    .sort(([a], [b]) => b.length - a.length)
    .map(([sentence, translation]) => ({
      matches: new RegExp(`^${sentence.split('{}').map(literally).join('(.*?)')}$`, 's'),
      translation,
    }));
  patterns.set(sentences, made);
  return made;
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
