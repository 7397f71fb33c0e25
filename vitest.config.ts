import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Numbers are written as the system's language does; the tests read them in English.
process.env.LC_ALL = 'en_US.UTF-8';
// The many programs and workers that are started from source compile it once.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('node_modules/.cache/node-compile', import.meta.url),
);

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'scripts/**/*.test.{mjs,ts}',
      'examples/**/*.test.ts',
      'faults/**/*.test.ts',
    ],
    setupFiles: ['scripts/lib/left-over.ts'],
    // Tests start real worker processes: on a small machine more files at once only wait for each other.
    maxWorkers: 2,
    // The second is for scripts/sum-tests.mjs.
    reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
    // As with the specs, see playwright.config.ts. What looks for defects at random says `retry: 0`: it may have found one.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
