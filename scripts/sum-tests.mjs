// Prints what `npm test` has counted, in one line; ends with status 1 where something failed.
import { readFileSync } from 'node:fs';
import { flaky, sumReports } from './lib/sum-reports.mjs';

const read = (name) => {
  try {
    return JSON.parse(readFileSync(new URL(`../test-results/${name}.json`, import.meta.url), 'utf8'));
  } catch {
    return undefined;
  }
};

const reports = { vitest: read('vitest'), playwright: read('playwright') };
for (const name of flaky(reports)) console.log(`passed only the second time: ${name}`);
const { passed, failed, skipped } = sumReports(reports);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
