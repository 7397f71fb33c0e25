import { defineConfig } from 'vitest/config';

// Numbers are written as the system's language does; the tests read them in English.
process.env.LC_ALL = 'en_US.UTF-8';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.mjs', 'examples/**/*.test.ts', 'faults/**/*.test.ts'],
    // Tests start real worker processes: on a small machine more files at once only wait for each other.
    maxWorkers: 2,
    // The second is for scripts/sum-tests.mjs.
    reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
