// Prints what `npm test` has counted, in one line; ends with status 1 where something failed.
import { readFileSync } from 'node:fs';
import { flakySpecs, sumReports } from './lib/sum-reports.mjs';

const read = (name) => {
  try {
    return JSON.parse(readFileSync(new URL(`../test-results/${name}.json`, import.meta.url), 'utf8'));
  } catch {
    return undefined;
  }
};

const playwright = read('playwright');
for (const spec of flakySpecs(playwright)) console.log(`passed only the second time: ${spec}`);
const { passed, failed, skipped } = sumReports({ vitest: read('vitest'), playwright });
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
