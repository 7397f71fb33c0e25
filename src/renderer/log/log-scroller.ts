import type { LogLine } from './log-lines.ts';

/**
 * The arithmetic of a list whose rows may be of any height: lines lie in blocks of a fixed number of them, and
 * only the blocks near what is seen are drawn. Blocks that were drawn once have a known height.
 */
export const blockLines = 40;

export interface Block {
  number: number;
  lines: LogLine[];
  /** Distance from the start of all, pixels, and its own height. */
  top: number;
  height: number;
}

/** A place that stays where it is while others change around it: in a block, so far from its start. */
export interface Anchor {
  block: number;
  offset: number;
}

/** Lays lines out. `heights` holds those of blocks that were measured, with the number of lines they had. */
export function layOut(
  lines: readonly LogLine[],
  heights: ReadonlyMap<number, { lines: number; height: number }>,
  lineHeight: number,
): Block[] {
  const blocks: Block[] = [];
  let top = 0;
  for (let from = 0; from < lines.length; ) {
    const number = Math.floor(lines[from]!.seq / blockLines);
    const end = Math.min(lines.length, from + (number + 1) * blockLines - lines[from]!.seq);
    const known = heights.get(number);
    const count = end - from;
    // Of a block that has grown, what it had is as high as it was.
    const height = known
      ? Math.max(0, known.height + (count - known.lines) * lineHeight)
      : count * lineHeight;
    blocks.push({ number, lines: lines.slice(from, end), top, height });
    top += height;
    from = end;
  }
  return blocks;
}

export const totalHeight = (blocks: readonly Block[]): number => {
  const last = blocks.at(-1);
  return last ? last.top + last.height : 0;
};

/** The blocks between two places. */
export const blocksBetween = (blocks: readonly Block[], from: number, to: number): Block[] =>
  blocks.filter(({ top, height }) => top + height > from && top < to);

export function anchorAt(blocks: readonly Block[], top: number): Anchor | null {
  const block = blocks.find((each) => each.top + each.height > top) ?? blocks.at(-1);
  return block ? { block: block.number, offset: top - block.top } : null;
}

export function topOfAnchor(blocks: readonly Block[], anchor: Anchor): number | null {
  const block = blocks.find(({ number }) => number === anchor.block);
  if (block) return block.top + anchor.offset;
  // It is held no more: the nearest end of what is.
  const first = blocks[0];
  return first && anchor.block < first.number ? 0 : null;
}
