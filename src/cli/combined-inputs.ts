import type { InputSource } from '../shared/inputs.ts';
import { usageError } from './usage-error.ts';

const marks = [':::', ':::+', '::::', '::::+'] as const;
type Mark = (typeof marks)[number];
const isMark = (word: string): word is Mark => (marks as readonly string[]).includes(word);

type Simple = Extract<InputSource, { kind: 'list' | 'rows' }>;

/**
 * Inputs in GNU parallel's words: `::: A B` are values, `:::: FILE` the lines of a file. Several of them are
 * combined, all with all; those with a `+` in step.
 * @returns the words before them, and the source; null where there is no such word.
 */
export function splitSources(argv: readonly string[]): { words: string[]; source: InputSource | null } {
  const start = argv.findIndex(isMark);
  if (start < 0) return { words: [...argv], source: null };
  const groups: { mark: Mark; values: string[] }[] = [];
  for (const word of argv.slice(start)) {
    if (isMark(word)) groups.push({ mark: word, values: [] });
    else groups.at(-1)!.values.push(word);
  }
  const sources = groups.flatMap(({ mark, values }) => sourcesOf(mark, values));
  return { words: argv.slice(0, start), source: combine(sources, groups) };
}

function sourcesOf(mark: Mark, values: string[]): Simple[] {
  if (values.length === 0) throw usageError(`There is nothing after ${mark}.`);
  if (mark.startsWith('::::')) return values.map((file) => ({ kind: 'rows', file, format: 'lines' }));
  return [{ kind: 'list', values }];
}

function combine(sources: Simple[], groups: { mark: Mark }[]): InputSource {
  if (sources.length === 1) return sources[0]!;
  // The first one links to nothing, whichever mark it has.
  const inStep = groups.slice(1).filter(({ mark }) => mark.endsWith('+')).length;
  if (inStep > 0 && inStep < groups.length - 1) {
    throw usageError('Combine all sources with ::: or all with :::+, not some of them in step.');
  }
  return { kind: inStep > 0 ? 'zip' : 'product', sources };
}
