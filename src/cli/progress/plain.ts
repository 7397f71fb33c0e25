import { figuresOf } from './figures.ts';
import { newNotices } from './notices.ts';
import { plainLine } from './plain-line.ts';
import type { Progress, ProgressOptions } from './progress.ts';
import { createThrottle } from './throttle.ts';
import { newWarnings } from './warnings.ts';

const intervalMs = 5000;

/** `--progress plain`: a line every few seconds. Where `quiet` (`--progress none`), only warnings and errors. */
export function createPlain(
  { out, commands, now = Date.now }: ProgressOptions,
  { quiet }: { quiet: boolean },
): Progress {
  const warnings = newWarnings(commands);
  const notices = newNotices(now);
  const throttle = createThrottle(intervalMs);
  const line = (text: string) => out.write(`${text}\n`);
  const say = quiet ? () => {} : line;
  return {
    start(summary) {
      say(`Batch ${summary.id}: ${summary.name}`);
      notices(summary, line);
    },
    update(summary) {
      warnings(summary, line);
      notices(summary, line);
      throttle.request(() => say(plainLine(figuresOf(summary, now()))));
    },
    say,
    warn: line,
    error: ({ message }) => line(`poolboard: ${message}`),
    aside: (write) => write(),
    end(summary, _exitStatus, lines) {
      throttle.close();
      warnings(summary, line);
      for (const text of lines) say(text);
    },
    close: () => throttle.close(),
  };
}
