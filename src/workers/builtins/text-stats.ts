import { pathInput } from './input.ts';
import type { BuiltinMaker } from './maker.ts';
import { readChunks } from './read-chunks.ts';
import { TextCounter } from './text-counter.ts';

export const textStats: BuiltinMaker = () => async (input, context) => {
  const counter = new TextCounter();
  await readChunks(pathInput('text-stats', input), context, (chunk) => counter.add(chunk));
  return counter.stats();
};
