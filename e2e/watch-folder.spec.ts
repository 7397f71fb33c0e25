import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  action,
  batchLink,
  choose,
  chooseBuiltin,
  count,
  expectState,
  main,
  panel,
  rowOf,
  rows,
} from './steps.ts';
import { expect, test } from './window.ts';

// Workers take their time to start where everything shares few cores.
test.describe.configure({ timeout: 120_000 });

async function watchFolder(page: Page, folder: string, pattern = ''): Promise<void> {
  await choose(page, 'These inputs', 'Watch a folder');
  await page.getByLabel('Folder to watch').fill(folder);
  if (pattern !== '') await page.getByLabel('Only').fill(pattern);
  await chooseBuiltin(page, 'hash');
  await page.getByRole('button', { name: 'Start watching' }).click();
  await expect(page.getByRole('tab', { name: /^Tasks/ })).toBeVisible();
  await expectState(page, 'running');
}

/** Puts a file into a folder as a program does that writes elsewhere first. */
function place(folder: string, name: string, content = name): void {
  writeFileSync(join(folder, `.${name}.part`), content);
  renameSync(join(folder, `.${name}.part`), join(folder, name));
}

test('each new file of a watched folder becomes a task, until the batch is finished', async ({
  page,
  folder,
}) => {
  const inbox = join(folder, 'inbox');
  mkdirSync(inbox);
  writeFileSync(join(inbox, 'old.txt'), 'old');
  await watchFolder(page, inbox);
  await expect(main(page).getByText(`Poolboard watches ${inbox}.`, { exact: false })).toBeVisible();

  place(inbox, 'first.txt');
  await expect(rowOf(page, 0)).toContainText('first.txt');
  writeFileSync(join(inbox, 'download.zip.crdownload'), 'half');
  place(inbox, 'second.txt');
  await expect(rowOf(page, 1)).toContainText('second.txt');
  await expect.poll(() => count(page, 'Succeeded')).toBe(2);
  await expectState(page, 'running');

  await action(page, 'Finish').click();
  await expectState(page, 'completed');
  await expect(rows(page)).toHaveCount(2);
});

test('a file is taken again only when its content has changed', async ({ page, folder }) => {
  const inbox = join(folder, 'inbox');
  mkdirSync(inbox);
  await watchFolder(page, inbox, '*.txt');
  place(inbox, 'page.txt', 'one');
  await expect.poll(() => count(page, 'Succeeded')).toBe(1);
  place(inbox, 'copy.txt', 'one');
  place(inbox, 'page.png', 'one');
  await expect.poll(() => count(page, 'Succeeded')).toBe(2);
  place(inbox, 'page.txt', 'longer');
  await expect.poll(() => count(page, 'Succeeded')).toBe(3);
  await rowOf(page, 2).click();
  await page.keyboard.press('Enter');
  await expect(panel(page)).toContainText('page.txt');
});

test('the screen says what will be watched before it starts', async ({ page, folder }) => {
  const inbox = join(folder, 'inbox');
  mkdirSync(inbox);
  for (const name of ['a.txt', 'b.txt', 'c.png']) writeFileSync(join(inbox, name), name);
  await choose(page, 'These inputs', 'Watch a folder');
  await expect(page.getByText('Give it a folder to watch.')).toBeVisible();
  await page.getByLabel('Folder to watch').fill(join(folder, 'none'));
  await expect(page.getByRole('alert')).toContainText('cannot be watched');
  await page.getByLabel('Folder to watch').fill(inbox);
  await page.getByLabel('Only').fill('*.txt');
  await expect(page.getByTestId('preview')).toContainText('2 files there now; only new ones are taken');
  await page.getByLabel('Take the files too that are there already').check();
  await expect(page.getByTestId('preview')).toContainText('2 files there now; they are taken first');
  await chooseBuiltin(page, 'hash');
  await page.getByRole('button', { name: 'Start watching' }).click();
  await expect.poll(() => count(page, 'Succeeded')).toBe(2);
  await page.getByRole('tab', { name: /^Details/ }).click();
  await expect(main(page).getByText(inbox, { exact: true })).toBeVisible();
});

test('after the program was killed it goes on with what came meanwhile, and repeats nothing', async ({
  start,
  folder,
}) => {
  const inbox = join(folder, 'inbox');
  mkdirSync(inbox);
  const first = await start();
  await watchFolder(first.page, inbox);
  place(inbox, 'a.txt');
  await expect.poll(() => count(first.page, 'Succeeded')).toBe(1);
  await first.kill();
  place(inbox, 'b.txt');

  const { page } = await start();
  await batchLink(page, /hash new in inbox/).click();
  await expectState(page, 'interrupted');
  await action(page, /^Resume/)
    .first()
    .click();
  await expect.poll(() => count(page, 'Succeeded')).toBe(2);
  await expect(rowOf(page, 0)).toContainText('a.txt');
  await expect(rowOf(page, 1)).toContainText('b.txt');
});
