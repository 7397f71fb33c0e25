import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { action, chooseTaskFile, expectState, giveRange, main, panel, run } from './steps.ts';
import { expect, test } from './window.ts';

/** A task whose second version gives other results, fails elsewhere, and takes longer. */
const version = (number: 1 | 2): string => `
export default async (x) => {
  if (x === ${number === 1 ? 3 : 5}) throw new Error('no ' + x);
  if (x === 7) await new Promise((go) => setTimeout(go, ${number === 1 ? 5 : 4000}));
  return x === 9 ? 'version ${number}' : x * x;
};`;

const openCompare = async (page: Page) => {
  await action(page, 'More').click();
  await page.getByRole('menuitem', { name: 'Compare with another run' }).click();
};
const chip = (page: Page, name: string) =>
  page
    .getByRole('group', { name: 'Filter by difference' })
    .getByRole('button', { name: new RegExp(`^${name} `) });
const table = (page: Page) => page.getByRole('table', { name: /^Differences between/ });
const inputs = (page: Page) => table(page).getByRole('row').locator('button');

test('two runs are compared: what changed, what fails or succeeds now, what got slower', async ({
  page,
  folder,
}) => {
  test.slow();
  const file = join(folder, 'thumbnails-task.mjs');
  writeFileSync(file, version(1));
  await giveRange(page, 0, 40);
  await chooseTaskFile(page, file);
  await run(page, 40);
  await expectState(page, 'completed');
  await openCompare(page);
  await expect(page.getByRole('dialog')).toContainText('There is no other batch to compare it with');
  await page.keyboard.press('Escape');

  // Once more, by its key: the file was changed meanwhile, and so has to be allowed again.
  writeFileSync(file, version(2));
  await page.locator('body').press('d');
  await expect(page.getByRole('heading', { name: 'New batch' })).toBeVisible();
  await page.getByRole('button', { name: 'Let it run' }).click();
  await run(page, 40);
  await expectState(page, 'completed');

  await page.locator('body').press('c');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('region', { name: 'Same task and same inputs' })).toBeVisible();
  await expectAccessible(page, 'the choice of another run');
  // The search has the focus, and Enter takes the first that it found.
  await page.keyboard.type('task.mjs');
  await page.keyboard.press('Enter');
  await expect(main(page)).toContainText('40 inputs are in both.');
  await expect(page.getByRole('heading', { name: 'Compare', level: 1 })).toBeFocused();
  // In a small window there is room for the name and the state of each run still.
  await page.setViewportSize({ width: 900, height: 600 });
  const runs = page.getByRole('table', { name: 'The two runs side by side' });
  for (const state of await runs.locator('.batch-state svg').all()) {
    await expect(state).toBeInViewport({ ratio: 1 });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  // On a busy machine a task may take a while longer for no reason of its own.
  await page.getByLabel('At least so much time').selectOption('1000');
  await expect(chip(page, 'Result changed')).toContainText('1');
  await expect(chip(page, 'Succeeds now')).toContainText('1');
  await expect(chip(page, 'Fails now')).toContainText('1');
  await expect(chip(page, 'Slower')).toContainText('1');
  await expect(inputs(page)).toHaveText(['3', '5', '7', '9']);

  await expectAccessible(page, 'the comparison');

  await chip(page, 'Fails now').click();
  await expect(inputs(page)).toHaveText(['5']);
  await expect(table(page)).toContainText('25');
  await expect(table(page)).toContainText('Error: no 5');
  await chip(page, 'Slower').click();
  await expect(inputs(page)).toHaveText(['7']);
  await page.getByLabel('Times as long').selectOption('10');
  await expect(chip(page, 'Slower')).toContainText('1');
  await page.getByLabel('At least so much time').selectOption('10000');
  await expect(chip(page, 'Slower')).toContainText('0');
  await chip(page, 'All inputs').click();
  await page.getByRole('searchbox', { name: 'Search inputs' }).fill('39');
  await expect(inputs(page)).toHaveText(['39']);

  await page.getByRole('searchbox', { name: 'Search inputs' }).fill('');
  await chip(page, 'All differences').click();
  const download = page.waitForEvent('download');
  await main(page).getByRole('button', { name: 'Export as CSV' }).click();
  const saved = join(folder, 'differences.csv');
  await (await download).saveAs(saved);
  const lines = readFileSync(saved, 'utf8').trim().split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toMatch(/^3,fixed,,3,failed,Error: no 3,[\d.]+,3,succeeded,9,[\d.]+$/);

  await inputs(page).first().click();
  await expect(panel(page)).toContainText('Task 3');

  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Compare two runs' })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search inputs' }).press('Escape');
  await expect(page.getByRole('heading', { name: 'Compare two runs' })).toBeVisible();
  await chip(page, 'All differences').press('Escape');
  await expect(page.getByRole('tab', { name: /^Tasks/ })).toBeVisible();
});
