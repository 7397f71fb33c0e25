/**
 * Adds up the reports of Vitest and of Playwright.
 * @param {{ vitest?: object, playwright?: object }} reports as their JSON reporters write them; absent where a
 *   run was not reached.
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
export function sumReports({ vitest, playwright }) {
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = vitest ?? {};
  // A file that could not be loaded has no tests to fail.
  const brokenFiles = (vitest?.testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = playwright?.stats ?? {};
  // Errors beside all tests: a configuration that does not load, a spec with a syntax error.
  const brokenSpecs = playwright?.errors?.length ?? 0;
  return {
    // Those that passed only the second time among them: `flaky` names them.
    passed: numPassedTests + expected + flaky,
    failed: numFailedTests + brokenFiles + unexpected + brokenSpecs,
    skipped: numPendingTests + numTodoTests + skipped,
  };
}

/**
 * What passed only the second time.
 * @param {{ vitest?: object, playwright?: object }} reports as for `sumReports`.
 * @returns {string[]} of each test its name and how it failed first, of each spec the window and the title.
 */
export function flaky({ vitest, playwright }) {
  return [...flakyTests(vitest), ...flakySpecs(playwright)];
}

function flakyTests(vitest) {
  const tests = (vitest?.testResults ?? []).flatMap(({ assertionResults }) => assertionResults);
  return tests
    .filter(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0)
    .map(({ fullName, failureMessages }) => `${fullName} (${failureMessages[0].split('\n')[0]})`);
}

function flakySpecs(playwright) {
  const inSuite = ({ suites = [], specs = [] }) => [
    ...specs.flatMap(({ title, tests }) =>
      tests.filter(({ status }) => status === 'flaky').map(({ projectName }) => `[${projectName}] ${title}`),
    ),
    ...suites.flatMap(inSuite),
  ];
  return inSuite(playwright ?? {});
}
