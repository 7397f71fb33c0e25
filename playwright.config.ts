import { defineConfig } from '@playwright/test';
import type { WindowOptions } from './e2e/window.ts';

/** The same specs on three windows; a spec that is about one kind of window says so in its file's name. */
export default defineConfig<WindowOptions>({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  fullyParallel: true,
  // Each test starts a browser and a pool of its own: on a small machine more at once only wait for each other.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // A browser on a machine that is busy elsewhere: what passes only the second time is named, and does not stop a
  // change that has nothing to do with it. On one's own machine nothing is tried twice.
  retries: process.env.CI ? 1 : 0,
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  projects: [
    { name: 'web', use: { kind: 'web' }, testIgnore: ['**/electron*.spec.ts', '**/double.spec.ts'] },
    { name: 'electron-double', use: { kind: 'electron-double' }, testIgnore: '**/web*.spec.ts' },
    {
      name: 'electron',
      use: { kind: 'electron' },
      testIgnore: ['**/web*.spec.ts', '**/double.spec.ts'],
    },
  ],
});
