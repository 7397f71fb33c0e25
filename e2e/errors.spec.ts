import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { action, chooseTaskFile, count, expectState, filter, giveRange, main, rows, run } from './steps.ts';
import { expect, test } from './window.ts';

/** Fails in three ways at two places; what is in the file beside it succeeds. */
const flaky = (marker: string) => `import { existsSync } from 'node:fs';
export default (n) => {
  if (n % 10 === 3 && !existsSync(${JSON.stringify(marker)})) throw new RangeError('picture ' + n + ' is torn');
  if (n % 10 === 7) {
    const error = new Error("ENOENT: no such file, open '/photos/" + n + ".jpg'");
    error.code = 'ENOENT';
    throw error;
  }
  if (n === 55) process.exit(9);
  return n;
};`;

const tab = (page: Page) => page.getByRole('tab', { name: /^Errors/ });
const groups = (page: Page) =>
  page.getByRole('list', { name: 'Groups of failed tasks' }).getByRole('listitem');

async function start(page: Page, folder: string): Promise<string> {
  const marker = join(folder, 'mended');
  const file = join(folder, 'flaky.mjs');
  writeFileSync(file, flaky(marker));
  await giveRange(page, 0, 100);
  await chooseTaskFile(page, file);
  await run(page, 100);
  return marker;
}

test('failed tasks are grouped by what went wrong, where and how often', async ({ page, folder }) => {
  await start(page, folder);
  await expectState(page, 'completed');
  await expect(tab(page)).toHaveText('Errors3');
  await tab(page).click();
  await expect(main(page).getByText('3 errors in 21 failed tasks')).toBeVisible();
  await expect(groups(page)).toHaveCount(3);
  const first = groups(page).first();
  await expect(first).toContainText('RangeError picture 3 is torn');
  await expect(first).toContainText('flaky.mjs:3');
  await expect(groups(page).nth(1)).toContainText('ENOENT');
  await expect(groups(page).nth(2)).toContainText('crash');

  await first.getByRole('button', { expanded: false }).click();
  await expect(first).toContainText('Example: task 3');
  await expect(first.locator('.error-stack')).toContainText('flaky.mjs:3');
});

test('the tasks of a group are shown alone, and run again alone', async ({ page, folder }) => {
  const marker = await start(page, folder);
  await expectState(page, 'completed');
  await tab(page).click();
  // The order of the groups is settled once all that failed are counted.
  await expect(main(page).getByText('3 errors in 21 failed tasks')).toBeVisible();
  await groups(page).nth(1).getByRole('button', { name: 'Show 10 tasks' }).click();
  await expect(rows(page)).toHaveCount(10);
  await expect(rows(page).first()).toContainText('ENOENT');
  await page.getByRole('button', { name: /^Error: ENOENT/ }).click();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '22');
  expect(await count(page, 'Failed')).toBe(21);
  await filter(page, 'All').click();

  await tab(page).click();
  writeFileSync(marker, '');
  await groups(page).first().getByRole('button', { name: 'Retry 10' }).click();
  await expect(tab(page)).toHaveText('Errors2', { timeout: 30_000 });
  await expectState(page, 'completed');
  await expect(main(page).getByText('2 errors in 11 failed tasks')).toBeVisible();
});

test('errors are copied as Markdown, one and all', async ({ page, folder }) => {
  await start(page, folder);
  await expectState(page, 'completed');
  await tab(page).click();
  // The order of the groups is settled once all that failed are counted.
  await expect(main(page).getByText('3 errors in 21 failed tasks')).toBeVisible();
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { copied: said });
    navigator.clipboard.writeText = async (text) => void said.push(text);
  });
  const first = groups(page).first();
  await first.getByRole('button', { expanded: false }).click();
  await expect(first).toContainText('Example: task 3');
  await first.getByRole('button', { name: 'Copy as Markdown' }).click();
  await action(page, 'Copy all as Markdown').click();
  await expect(page.getByText('3 errors are copied.')).toBeVisible();
  const [one, all] = await page.evaluate(() => (window as unknown as { copied: string[] }).copied);
  expect(one).toMatch(/^### RangeError: picture 3 is torn\n\n10 tasks · /);
  expect(one).toContain('```\nRangeError: picture 3 is torn\n    at');
  expect(all!.match(/^### /gm)).toHaveLength(3);
});

test('a batch without failures says so, and one that runs is followed', async ({ page, folder }) => {
  const go = join(folder, 'go');
  const file = join(folder, 'slow.mjs');
  writeFileSync(
    file,
    `import { existsSync } from 'node:fs';
     export default async (n) => {
       while (n > 2 && !existsSync(${JSON.stringify(go)})) await new Promise((r) => setTimeout(r, 50));
       if (n > 5) throw new TypeError('no ' + n);
     };`,
  );
  await giveRange(page, 0, 10);
  await chooseTaskFile(page, file);
  await run(page, 10);
  await tab(page).click();
  const nothing = main(page).getByText(/^No task has failed so far/);
  await expect(nothing).toBeVisible();
  const [around, within] = [
    (await page.getByRole('tabpanel').boundingBox())!,
    (await nothing.boundingBox())!,
  ];
  expect(within.x + within.width / 2, 'it stands in the middle').toBeCloseTo(around.x + around.width / 2, -1);
  await page.locator('body').press('r');
  await expect(page.getByRole('dialog')).toContainText('The batch still runs.');
  await page.keyboard.press('Escape');
  writeFileSync(go, '');
  await expect(main(page).getByText('1 error in 4 failed tasks')).toBeVisible({ timeout: 20_000 });
});

test('groups stay where they are while one points at them, and are sorted once one does not', async ({
  page,
  folder,
}) => {
  const go = join(folder, 'go');
  const file = join(folder, 'turns.mjs');
  writeFileSync(
    file,
    `import { existsSync } from 'node:fs';
     export default async (n) => {
       if (n < 2) throw new TypeError('the first kind');
       while (n > 2 && !existsSync(${JSON.stringify(go)})) await new Promise((r) => setTimeout(r, 50));
       throw new RangeError('the second kind');
     };`,
  );
  await giveRange(page, 0, 12);
  await chooseTaskFile(page, file);
  await run(page, 12);
  await tab(page).click();
  await expect(main(page).getByText('2 errors in 3 failed tasks')).toBeVisible();
  await groups(page).first().hover();
  writeFileSync(go, '');
  await expectState(page, 'completed');
  await expect(main(page).getByText('2 errors in 12 failed tasks')).toBeVisible();
  await expect(groups(page).first()).toContainText('the first kind');
  await expect(groups(page).nth(1)).toContainText('the second kind');
  await expect(groups(page).nth(1)).toContainText('10');
  await tab(page).hover();
  await expect(groups(page).first()).toContainText('the second kind');
});
