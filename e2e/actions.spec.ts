import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import {
  action,
  batchLink,
  choose,
  chooseBuiltin,
  chooseTaskFile,
  expectState,
  giveRange,
  main,
  openNewBatch,
  openOptions,
  run,
} from './steps.ts';
import { expect, test } from './window.ts';

const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });

/** Fails for inputs below a number that a file holds. */
function failingTask(folder: string): { file: string; failBelow: (number: number) => void } {
  const limit = join(folder, 'limit');
  const file = join(folder, 'fails.mjs');
  writeFileSync(
    file,
    `import { readFileSync } from 'node:fs';
    export default (x) => {
      if (x < Number(readFileSync(${JSON.stringify(limit)}, 'utf8'))) throw new Error('too small');
      return x;
    };`,
  );
  return { file, failBelow: (number) => writeFileSync(limit, String(number)) };
}

test('a retry of many says first what it will touch; one of few does not', async ({ page, folder }) => {
  const { file, failBelow } = failingTask(folder);
  failBelow(150);
  await giveRange(page, 0, 200);
  await chooseTaskFile(page, file);
  await run(page, 200);
  await expectState(page, 'completed');
  await action(page, 'Retry 150 failed').click();
  const dialog = page.getByRole('dialog', { name: 'Run 150 tasks again?' });
  await expect(dialog.getByRole('listitem')).toHaveCount(5);
  await expect(dialog).toContainText('and 145 more');
  await expect(dialog).toContainText('What they did before is kept as attempts.');
  await expectAccessible(page, 'the preview of a retry');
  await dialog.getByRole('button', { name: 'Leave them' }).click();
  await expect(action(page, 'Retry 150 failed')).toBeFocused();

  failBelow(50);
  await action(page, 'Retry 150 failed').click();
  await dialog.getByRole('button', { name: 'Retry 150 tasks' }).click();
  await expect(action(page, 'Retry 50 failed')).toBeVisible();
  failBelow(0);
  await action(page, 'Retry 50 failed').click();
  await expect(action(page, /^Retry/)).toHaveCount(0);

  // Results that would be replaced are said, however few they are.
  await page.getByRole('grid').press('Control+a');
  const selected = page.getByRole('group', { name: 'Selected tasks' });
  const replace = page.getByRole('dialog');
  await selected.getByRole('button', { name: 'Retry 200' }).click();
  await expect(replace).toContainText('200 of them have succeeded: their results are replaced');
  await page.keyboard.press('Escape');
  await expect(replace).toBeHidden();
  // The selection stays until something was done to it.
  await page.getByRole('grid').press('r');
  await replace.getByRole('button', { name: 'Leave them' }).click();
  await expect(selected).toContainText('200');
  await page.getByRole('grid').press('r');
  await replace.getByRole('button', { name: 'Retry, replace 200 results' }).click();
  await expect(selected).toBeHidden();
  await expectState(page, 'completed');
});

test('a cancel says what it will stop, and offers to finish it after all', async ({ page, folder }) => {
  const file = join(folder, 'slow.mjs');
  const go = join(folder, 'go');
  writeFileSync(
    file,
    `import { existsSync } from 'node:fs';
    export default async (x, { signal }) => {
      while (!existsSync(${JSON.stringify(go)}) && !signal.aborted) await new Promise((next) => setTimeout(next, 20));
      return x;
    };`,
  );
  await giveRange(page, 0, 30);
  await chooseTaskFile(page, file);
  await run(page, 30);
  await expectState(page, 'running');
  await page.getByRole('grid').press('Control+a');
  await page.keyboard.press('r');
  await expect(messages(page)).toContainText('still runs');
  await expect(page.getByRole('group', { name: 'Selected tasks' })).toContainText('30');
  await page.locator('body').press('x');
  const dialog = page.getByRole('dialog', { name: /^Cancel slow\.mjs/ });
  await expect(dialog).toContainText('and 25 more');
  await dialog.getByRole('button', { name: 'Cancel 30 tasks' }).click();
  await expectState(page, 'canceled');
  writeFileSync(go, '');
  await messages(page)
    .getByRole('button', { name: /^Finish \d+ tasks?$/ })
    .click();
  await expectState(page, 'completed');
});

test('a batch is made again with its settings and all of its inputs, however long their list', async ({
  page,
  folder,
}) => {
  await openNewBatch(page);
  await choose(page, 'These inputs', 'Lines or rows');
  const lines = Array.from({ length: 300 }, (_, index) => `line ${index}`);
  await page.getByRole('textbox', { name: 'Lines' }).fill(lines.join('\n'));
  const file = join(folder, 'same.mjs');
  writeFileSync(file, 'export default (x) => x;');
  await chooseTaskFile(page, file);
  const options = await openOptions(page);
  await options.getByLabel('Retries').fill('2');
  await options.getByLabel('Name').fill('many lines');
  await run(page, 300);
  await expectState(page, 'completed');

  await action(page, 'More').click();
  await page.getByRole('menuitem', { name: 'New batch like this' }).click();
  await expect(page.getByRole('heading', { name: 'New batch' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Like this' })).toContainText('2 retries');
  await run(page, 300);
  await expectState(page, 'completed');
  await expect(batchLink(page, /many lines/)).toHaveCount(2);
  await expect(main(page)).toContainText('300');
});

test('the list of keys holds those of the actions', async ({ page }) => {
  await page.locator('body').press('?');
  const list = page.getByRole('dialog', { name: 'Keys' });
  for (const key of [
    'New batch like this one',
    'Compare with another run',
    'Cancel the batch',
    'Move a queued',
  ]) {
    await expect(list).toContainText(key);
  }
});

test('the figures of the question before a cancel agree while the batch goes on', async ({ page }) => {
  await giveRange(page, 0, 300);
  await chooseBuiltin(page, 'sleep');
  await page.getByRole('textbox', { name: 'Seconds' }).fill('0.1');
  await run(page, 300);
  await expectState(page, 'running');
  await page.locator('body').press('x');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('more');
  const asked = await dialog.getByRole('button', { name: /^Cancel \d+ tasks$/ }).textContent();
  // Once tasks have ended after it was asked.
  await expect(dialog.getByRole('button', { name: asked!, exact: true })).toHaveCount(0);
  const said = await dialog.evaluate((element) => element.textContent ?? '');
  const number = (pattern: RegExp) => Number(pattern.exec(said)![1]);
  const left = number(/Cancel (\d+) tasks$/);
  expect(number(/and (\d+) more/) + (await dialog.getByRole('listitem').count())).toBe(left);
  expect(number(/(\d+) pending/) + number(/(\d+) running/)).toBe(left);
});
