import { expect, test } from 'vitest';
import { flaky, sumReports } from './sum-reports.mjs';

const vitest = {
  numPassedTests: 10,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [],
};
const playwright = { stats: { expected: 20, unexpected: 3, flaky: 0, skipped: 5 }, errors: [] };

test('the numbers of both runs are added up', () => {
  expect(sumReports({ vitest, playwright })).toEqual({ passed: 30, failed: 4, skipped: 8 });
});

test('a run that was not reached counts nothing', () => {
  expect(sumReports({ vitest })).toEqual({ passed: 10, failed: 1, skipped: 3 });
  expect(sumReports({})).toEqual({ passed: 0, failed: 0, skipped: 0 });
});

test('a spec that passed only the second time has passed, and is named', () => {
  const tests = [
    { projectName: 'web', status: 'flaky' },
    { projectName: 'electron-double', status: 'expected' },
  ];
  const suites = [{ suites: [{ specs: [{ title: 'a menu opens', tests }] }] }];
  const report = { stats: { ...playwright.stats, flaky: 1 }, errors: [], suites };
  expect(sumReports({ playwright: report })).toEqual({ passed: 21, failed: 3, skipped: 5 });
  expect(flaky({ playwright: report })).toEqual(['[web] a menu opens']);
  expect(flaky({})).toEqual([]);
});

test('a test that passed only the second time is named, with how it failed first', () => {
  const assertionResults = [
    { fullName: 'a clock ticks', status: 'passed', failureMessages: ['Error: it stood still\n    at here'] },
    { fullName: 'a clock stops', status: 'failed', failureMessages: ['Error: it ticked'] },
    { fullName: 'a clock is wound', status: 'passed', failureMessages: [] },
  ];
  const report = { ...vitest, testResults: [{ status: 'failed', assertionResults }] };
  expect(flaky({ vitest: report })).toEqual(['a clock ticks (Error: it stood still)']);
});

test('a file that could not be loaded is a failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'failed' }] },
  ];
  expect(sumReports({ vitest: { ...vitest, testResults } }).failed).toBe(2);
  const broken = { stats: playwright.stats, errors: [{ message: 'SyntaxError' }] };
  expect(sumReports({ playwright: broken }).failed).toBe(4);
});
