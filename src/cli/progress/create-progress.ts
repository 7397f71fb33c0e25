import type { ProgressKind } from '../requests.ts';
import { createBar } from './bar.ts';
import { createJsonLines } from './json-lines.ts';
import { createPlain } from './plain.ts';
import type { Progress, ProgressOptions } from './progress.ts';

/** The progress of `--progress KIND` on a stream; `auto` is a bar on a terminal that can draw one. */
export function createProgress(kind: ProgressKind, options: ProgressOptions): Progress {
  const canDraw = options.out.isTTY === true && options.env.TERM !== 'dumb';
  if (kind === 'json') return createJsonLines(options);
  if (kind === 'none') return createPlain(options, { quiet: true });
  return kind === 'auto' && canDraw ? createBar(options) : createPlain(options, { quiet: false });
}
