import { jsonLine } from './json-line.ts';
import { newNotices } from './notices.ts';
import type { Progress, ProgressOptions } from './progress.ts';
import { createThrottle } from './throttle.ts';
import { newWarnings } from './warnings.ts';

const intervalMs = 1000;

/** `--progress json`: an object a line. */
export function createJsonLines({ out, commands, now = Date.now }: ProgressOptions): Progress {
  const warnings = newWarnings(commands);
  const throttle = createThrottle(intervalMs);
  const line = (text: string) => out.write(`${text}\n`);
  const notices = newNotices(now);
  const warn = (message: string, code?: string) => line(JSON.stringify({ event: 'warning', code, message }));
  return {
    start(summary) {
      line(jsonLine('start', summary, now()));
      notices(summary, warn);
    },
    update(summary) {
      warnings(summary, warn);
      notices(summary, warn);
      throttle.request(() => line(jsonLine('progress', summary, now())));
    },
    say() {},
    warn,
    error: ({ message, code }) => line(JSON.stringify({ event: 'error', code, message })),
    aside: (write) => write(),
    end(summary, exitStatus) {
      throttle.close();
      warnings(summary, warn);
      line(jsonLine('end', summary, now(), { exitStatus }));
    },
    close: () => throttle.close(),
  };
}
