import { jsonLine } from './json-line.ts';
import type { Progress, ProgressOptions } from './progress.ts';
import { createThrottle } from './throttle.ts';
import { newWarnings } from './warnings.ts';

const intervalMs = 1000;

/** `--progress json`: an object a line. */
export function createJsonLines({ out, now = Date.now }: ProgressOptions): Progress {
  const warnings = newWarnings();
  const throttle = createThrottle(intervalMs);
  const line = (text: string) => out.write(`${text}\n`);
  const warn = (message: string) => line(JSON.stringify({ event: 'warning', message }));
  return {
    start: (summary) => line(jsonLine('start', summary, now())),
    update(summary) {
      warnings(summary, warn);
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
