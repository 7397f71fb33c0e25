import type { BuiltinMaker } from './index.ts';
import { pathInput } from './input.ts';
import { readChunks } from './read-chunks.ts';
import { TextCounter } from './text-counter.ts';

export const textStats: BuiltinMaker = () => async (input, context) => {
  const counter = new TextCounter();
  await readChunks(pathInput('text-stats', input), context, (chunk) => counter.add(chunk));
  return counter.stats();
};
