import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { chooseBuiltin, expectState, giveRange, openNewBatch, run } from './steps.ts';
import { expect, test } from './window.ts';

const field = (page: Page) => page.getByRole('combobox', { name: 'What would you like to do?' });
const choices = (page: Page) => page.getByRole('listbox', { name: 'Commands' }).getByRole('option');
const active = (page: Page) => choices(page).and(page.locator('[aria-selected=true]'));

/** Opens the palette, types, and takes the first that answers. */
async function command(page: Page, typed: string, first: RegExp): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(typed);
  await expect(active(page)).toHaveText(first);
  await page.keyboard.press('Enter');
  await expect(field(page)).toBeHidden();
}

test('everything that can be done now is in one list, found by typing a little of it', async ({
  host,
  page,
  folder,
}) => {
  await giveRange(page, 0, 40);
  await chooseBuiltin(page, 'primes');
  await run(page, 40);
  await expectState(page, 'completed');

  await command(page, 'dark', /^Theme: Dark/);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await command(page, 'detai', /^Details/);
  await expect(page.getByRole('tab', { name: 'Details' })).toHaveAttribute('aria-selected', 'true');
  await command(page, '3 workers', /^Let the pool have 3 workers/);
  await expect(page.getByRole('spinbutton', { name: 'Workers of the pool' })).toHaveValue('3');

  await openNewBatch(page);
  await command(page, 'prim', /primes/);
  await expectState(page, 'completed');

  const file = join(folder, 'results.jsonl');
  await host.exportTo(file, () => command(page, 'json lines', /^All 40 tasks as JSON lines/));
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(40);

  await command(page, 'newba', /^New batch/);
  await expect(page.getByRole('heading', { name: 'New batch' })).toBeVisible();
});

test('the list is walked with the arrows, says what there is not, and gives the focus back', async ({
  page,
}) => {
  const workers = page.getByRole('spinbutton', { name: 'Workers of the pool' });
  await workers.focus();
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  const first = await active(page).textContent();
  await page.keyboard.press('ArrowDown');
  await expect(active(page)).not.toHaveText(first!);
  const id = await active(page).getAttribute('id');
  await expect(field(page)).toHaveAttribute('aria-activedescendant', id!);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(choices(page).last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.type('qqqq');
  await expect(choices(page)).toHaveCount(0);
  await expect(page.getByText('Nothing that can be done now is called so.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(field(page)).toBeHidden();
  await expect(workers).toBeFocused();

  await command(page, 'light', /^Theme: Light/);
  await expect(workers).toBeFocused();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeHidden();
});

test('what was used lately stands first', async ({ page }) => {
  await command(page, 'keys', /^Keys/);
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(choices(page).first()).toHaveText(/^Keys.*Used lately/);
});
