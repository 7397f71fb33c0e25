import type { OutputPiece, OutputStream } from '../../shared/task.ts';

/** Output of one stream that came without another's between. */
export interface OutputBlock {
  stream: OutputStream;
  text: string;
  /** When its first piece came, milliseconds since the epoch. */
  at: number;
}

/** Pieces of output as blocks to show, in their order. */
export function outputBlocks(pieces: readonly OutputPiece[]): OutputBlock[] {
  const blocks: OutputBlock[] = [];
  for (const { stream, text, at } of pieces) {
    const last = blocks.at(-1);
    const plain = withoutEscapes(text);
    if (last?.stream === stream) last.text += plain;
    else blocks.push({ stream, text: plain, at });
  }
  return blocks;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

/** A text without the sequences by which programs colour a terminal. */
export const withoutEscapes = (text: string): string => text.replaceAll(escapes, '');
