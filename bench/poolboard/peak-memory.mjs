// Preloaded into the command line: tells at its end how much memory it had resident at most, in MB.
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.POOLBOARD_BENCH_PEAK;
if (isMainThread && file) {
  process.on('exit', () =>
    writeFileSync(file, String(Math.round((process.resourceUsage().maxRSS * 1024) / 1e6))),
  );
}
