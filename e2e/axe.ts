import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The rules of WCAG 2.2 A and AA, and what axe holds to be good practice. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Expects that axe finds nothing wrong with what is on screen now; all that it finds on a test's way is told
 * together.
 */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  // What fades in has another contrast until it is there.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .map((each) => each.effect?.getTiming().iterations === Infinity || each.finished),
    ),
  );
  // By evaluation, which the page's content security policy is not asked about.
  await page.evaluate(source);
  const { passes, violations } = await page.evaluate(async (values): Promise<AxeResults> => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    return axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
  }, tags);
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim()}`,
    ),
  );
  expect(passes.length, 'rules that were looked at').toBeGreaterThan(10);
  expect.soft(found, screen).toEqual([]);
}
