import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { chooseBuiltin, giveRange, main, openNewBatch, openOptions, run } from './steps.ts';
import { dropOn, expect, test } from './window.ts';

const presetsButton = (page: Page) => main(page).getByRole('button', { name: 'Presets' });
const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });

async function savePreset(page: Page, name: string): Promise<void> {
  await presetsButton(page).click();
  await page.getByRole('menuitem', { name: 'Save as a preset' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save these settings' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Name').press('Enter');
  await expect(messages(page)).toContainText(`The preset ${name} is saved.`);
}

test('settings are saved under a name, used again, renamed, deleted and brought back', async ({ page }) => {
  await openNewBatch(page);
  await giveRange(page, 0, 7);
  await chooseBuiltin(page, 'primes');
  const options = await openOptions(page);
  await options.getByLabel('Retries').fill('3');
  await savePreset(page, 'Careful primes');

  await chooseBuiltin(page, 'hash');
  await options.getByLabel('Retries').fill('');
  await presetsButton(page).click();
  await expectAccessible(page, 'the menu of presets');
  await page.getByRole('menuitem', { name: 'Use Careful primes' }).click();
  await expect(page.getByRole('radio', { name: /^primes / })).toBeChecked();
  await expect(options.getByLabel('Retries')).toHaveValue('3');
  await run(page, 7);
  await page.getByRole('tab', { name: 'Details' }).click();
  await expect(main(page)).toContainText(/Retries3, after/);

  await openNewBatch(page);
  await presetsButton(page).click();
  await page.getByRole('menuitem', { name: 'Rename, delete or share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Presets' });
  const name = dialog.getByRole('textbox', { name: 'Rename Careful primes' });
  await expectAccessible(page, 'the list of presets');
  await name.fill('Primes');
  await name.press('Enter');
  await expect(dialog.getByRole('textbox', { name: 'Rename Primes' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Delete Primes' }).click();
  await expect(dialog).toContainText('Settings that you save under a name are listed here.');
  await page.keyboard.press('Escape');
  await messages(page).getByRole('button', { name: 'Undo' }).click();
  await presetsButton(page).click();
  await expect(page.getByRole('menuitem', { name: 'Use Primes' })).toBeVisible();
});

test('presets are shared as a file, which is taken in by a drop, and refused in a sentence where it is none', async ({
  start,
  folder,
}) => {
  const { page } = await start();
  await openNewBatch(page);
  await chooseBuiltin(page, 'text-stats');
  await savePreset(page, 'Count words');
  await presetsButton(page).click();
  await page.getByRole('menuitem', { name: 'Rename, delete or share' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save Count words as a file' }).click();
  const file = join(folder, 'Count words.poolboard.json');
  await (await download).saveAs(file);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    poolboard: 'presets',
    presets: [{ name: 'Count words', definition: { kind: 'builtin', name: 'text-stats' } }],
  });
  await page.getByRole('button', { name: 'Delete Count words' }).click();
  await page.keyboard.press('Escape');

  await dropOn(page, [file]);
  await expect(messages(page)).toContainText('1 preset is taken in: Count words.');
  await presetsButton(page).click();
  await page.getByRole('menuitem', { name: 'Use Count words' }).click();
  await expect(page.getByRole('radio', { name: /^text-stats / })).toBeChecked();

  const bad = join(folder, 'bad.poolboard.json');
  writeFileSync(bad, '{"presets": []}');
  await dropOn(page, [bad]);
  await expect(page.getByRole('alert')).toContainText('bad.poolboard.json holds no presets that can be used');
});

test('a task file of a preset that comes from elsewhere has to be allowed before it runs', async ({
  page,
  folder,
}) => {
  const task = join(folder, 'task.mjs');
  writeFileSync(task, 'export default (x) => x;');
  const file = join(folder, 'theirs.poolboard.json');
  const preset = { name: 'Theirs', definition: { kind: 'module', file: task } };
  writeFileSync(file, JSON.stringify({ poolboard: 'presets', version: 1, presets: [preset] }));
  await openNewBatch(page);
  await giveRange(page, 0, 3);
  await presetsButton(page).click();
  await page.getByRole('menuitem', { name: 'Take in a file' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('input[type=file][accept*=poolboard]').setInputFiles(file);
  await expect(messages(page)).toContainText('1 preset is taken in: Theirs.');
  await presetsButton(page).click();
  await page.getByRole('menuitem', { name: 'Use Theirs' }).click();
  await expect(main(page)).toContainText('This file has not run here before');
  // What it lacks is said as it is: it has been chosen.
  await presetsButton(page).click();
  await page.getByRole('menuitem', { name: 'Save as a preset' }).click();
  await expect(messages(page)).toContainText('First choose a task that can start');
  await page.getByRole('button', { name: 'Let it run' }).click();
  await run(page, 3);
});
