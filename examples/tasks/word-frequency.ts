import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { TaskContext } from 'poolboard';

export const meta = {
  summary: 'The most frequent words of a text file.',
  takes: 'file',
  params: {
    top: { type: 'integer', title: 'Words', description: 'How many to return.', default: 5, minimum: 1 },
    minLength: {
      type: 'integer',
      title: 'Shortest word',
      description: 'In letters.',
      default: 4,
      minimum: 1,
    },
  },
};

/** `{file, words, top}`: `top` is a list of words and how often they occur, the most frequent first. */
export default async function wordFrequency(file: string, ctx: TaskContext) {
  const { top, minLength } = ctx.params as { top: number; minLength: number };
  const words = (await readFile(file, 'utf8')).toLowerCase().match(/\p{Letter}+/gu) ?? [];
  ctx.log(`${words.length} words in ${basename(file)}`);

  const counts = new Map<string, number>();
  for (const word of words) {
    if (word.length >= minLength) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const byCount = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return { file: basename(file), words: words.length, top: byCount.slice(0, top) };
}
