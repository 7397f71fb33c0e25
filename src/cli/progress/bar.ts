import type { BatchSummary } from '../../shared/batch.ts';
import { barLine } from './bar-line.ts';
import { figuresOf } from './figures.ts';
import { newNotices } from './notices.ts';
import type { Progress, ProgressOptions } from './progress.ts';
import { newWarnings } from './warnings.ts';

/** Least milliseconds between two drawings, and most: the clock goes on where nothing else does. */
const redrawMs = 100;
const tickMs = 1000;
const defaultWidth = 80;
const clearLine = '\r\x1b[2K';

/** `--progress auto` on a terminal: one line that is drawn over and over, below all that is said. */
export function createBar({
  out,
  env,
  commands,
  platform = process.platform,
  now = Date.now,
}: ProgressOptions): Progress {
  const warnings = newWarnings(commands);
  const notices = newNotices(now);
  const colour = !env.NO_COLOR;
  const unicode = platform !== 'linux' || /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || '');
  let latest: BatchSummary | undefined;
  let drawn = false;
  let timer: NodeJS.Timeout | undefined;
  let ticking: NodeJS.Timeout | undefined;
  let closed = false;

  const clear = () => {
    if (drawn) out.write(clearLine);
    drawn = false;
  };
  const draw = () => {
    clearTimeout(timer);
    timer = undefined;
    if (closed || !latest) return;
    const width = out.columns || defaultWidth;
    out.write(`${clearLine}${barLine(figuresOf(latest, now()), { width, colour, unicode })}`);
    drawn = true;
  };
  const drawSoon = () => {
    timer ??= setTimeout(draw, redrawMs).unref();
  };
  const line = (text: string) => {
    clear();
    out.write(`${text}\n`);
    drawSoon();
  };
  const close = () => {
    clear();
    closed = true;
    clearTimeout(timer);
    clearInterval(ticking);
  };

  return {
    start(summary) {
      latest = summary;
      line(`Batch ${summary.id}: ${summary.name}`);
      notices(summary, line);
      ticking = setInterval(draw, tickMs).unref();
    },
    update(summary) {
      latest = summary;
      warnings(summary, line);
      notices(summary, line);
      drawSoon();
    },
    say: line,
    warn: line,
    error: ({ message }) => line(`poolboard: ${message}`),
    aside(write) {
      clear();
      drawSoon();
      return write();
    },
    end(summary, _exitStatus, lines) {
      warnings(summary, line);
      close();
      for (const text of lines) out.write(`${text}\n`);
    },
    close,
  };
}
