import { withoutEscapes } from '../../shared/escapes.ts';
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
