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
  nameTaskFile,
  openNewBatch,
  openOptions,
  panel,
  rowOf,
  run,
} from './steps.ts';
import { expect, type Host, test } from './window.ts';

/** Some tasks succeed, some fail, one prints, and the last ones take their time. */
const taskFile = `
  export default async (number, ctx) => {
    console.log('reading', number);
    ctx.progress(0.4, 'half way');
    if (number % 9 === 4) throw new RangeError('picture ' + number + ' is truncated', { cause: new Error('no more bytes') });
    if (number > 30) await new Promise((resolve) => setTimeout(resolve, 60_000));
    return { width: 640, height: number };
  };`;

const screens = [
  { colorScheme: 'light', width: 1280, height: 800 },
  { colorScheme: 'dark', width: 900, height: 600 },
] as const;

for (const { colorScheme, width, height } of screens) {
  test(`axe finds nothing, ${colorScheme}, ${width} by ${height}`, async ({ page, folder }) => {
    test.setTimeout(360_000);
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    const file = join(folder, 'resize.mjs');
    writeFileSync(file, taskFile);

    await lookAtNewBatch(page, file);
    await giveRange(page, 0, 40);
    await chooseTaskFile(page, file);
    await run(page, 40);
    await expectState(page, 'running');
    await expect(rowOf(page, 4)).toContainText('truncated');
    await expectAccessible(page, 'a running board');
    await lookAtTabs(page);

    await rowOf(page, 4).click();
    await expect(panel(page)).toContainText('no more bytes');
    await expectAccessible(page, 'a task beside the table');
    await page.keyboard.press('Escape');
    await page.locator('body').press('Control+a');
    await expectAccessible(page, 'a selection');
    await page.keyboard.press('Escape');
    await lookAtOverlays(page);

    await action(page, 'Cancel').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, 'the question before a cancel');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Cancel \d+ tasks?$/ })
      .click();
    await expectState(page, 'canceled');
    await expectAccessible(page, 'a canceled board');
    await lookAtTabs(page);
    await lookAtMenus(page);
  });
}

test('axe finds nothing in Chinese, and the document says that it is Chinese', async ({ page, folder }) => {
  test.setTimeout(240_000);
  const file = join(folder, 'resize.mjs');
  writeFileSync(file, taskFile);
  await giveRange(page, 0, 24);
  await chooseTaskFile(page, file);
  await run(page, 24);
  await expectState(page, 'completed');
  await page.getByRole('combobox', { name: 'Language' }).selectOption('zh-CN');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(page.url().replace(/#.*/, '#/batch/1'));
    await expect(page.getByRole('tab', { name: /^任务/ })).toBeVisible();
    await lookAtTabs(page);
    await page.keyboard.press('Control+k');
    await expectAccessible(page, 'the palette in Chinese');
    await page.keyboard.press('Escape');
    await page.goto(page.url().replace(/#.*/, '#/new'));
    await expect(page.getByRole('heading', { name: '新建批次' })).toBeVisible();
    await expectAccessible(page, '“New batch” in Chinese');
  }
});

test('axe finds nothing after an interruption', async ({ start }) => {
  const host: Host = await start();
  await giveRange(host.page, 0, 50);
  await choose(host.page, 'Do this', 'Built-in');
  await host.page.getByRole('radio', { name: /^sleep / }).press('Space');
  await host.page.getByRole('textbox', { name: 'Seconds' }).fill('30');
  await run(host.page, 50);
  await expectState(host.page, 'running');
  await host.kill();
  const again = await start();
  await expect(again.page.getByRole('region', { name: 'Interrupted batches' })).toBeVisible();
  await expectAccessible(again.page, 'the bar of interrupted batches');
  await batchLink(again.page, /sleep/).click();
  await expectState(again.page, 'interrupted');
  await expectAccessible(again.page, 'an interrupted board');
});

test('axe finds nothing in a comparison, and in the dialogs of presets', async ({ page }) => {
  test.setTimeout(240_000);
  for (const to of [30, 30]) {
    await openNewBatch(page);
    await giveRange(page, 0, to);
    await chooseBuiltin(page, 'primes');
    await run(page, to);
    await expectState(page, 'completed');
  }
  await page.goto(page.url().replace(/#.*/, '#/compare/1/2'));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await expectAccessible(page, 'a comparison');
  await openNewBatch(page);
  await page.getByRole('button', { name: 'Presets' }).click();
  await expectAccessible(page, 'the menu of presets');
  await page.getByRole('menuitem', { name: 'Save as a preset' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectAccessible(page, 'the dialog that saves a preset');
});

async function lookAtNewBatch(page: Page, file: string): Promise<void> {
  await openNewBatch(page);
  await expectAccessible(page, 'a first start');
  for (const kind of ['Lines or rows', 'Range', 'Files']) {
    await choose(page, 'These inputs', kind);
    await expectAccessible(page, `“New batch” with ${kind}`);
  }
  await choose(page, 'Do this', 'Command');
  await page.getByRole('textbox', { name: 'Command' }).fill('echo {}');
  await expectAccessible(page, '“New batch” with a command');
  await choose(page, 'Do this', 'Built-in');
  await page.getByRole('radio', { name: /^image-resize / }).press('Space');
  await expect(page.getByLabel('Width')).toBeVisible();
  await expectAccessible(page, '“New batch” with parameters');
  await nameTaskFile(page, file);
  await expect(page.getByRole('button', { name: 'Let it run' })).toBeVisible();
  await expectAccessible(page, 'the question before a file runs');
  await openOptions(page, true);
  await expectAccessible(page, 'all options');
}

/** Each tab that the board has, whatever their names. */
async function lookAtTabs(page: Page): Promise<void> {
  const tabs = page.getByRole('tablist').first().getByRole('tab');
  const count = await tabs.count();
  for (let position = 0; position < count; position++) {
    await page.locator('body').press(String(position + 1));
    await expect(tabs.nth(position)).toHaveAttribute('aria-selected', 'true');
    // What is loaded when it is first shown, is shown.
    await expect(page.getByRole('tabpanel').first()).not.toBeEmpty();
    await page.waitForLoadState('networkidle');
    await expectAccessible(page, `the tab ${await tabs.nth(position).textContent()}`);
  }
  await page.locator('body').press('1');
}

async function lookAtOverlays(page: Page): Promise<void> {
  await page.locator('body').press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await expectAccessible(page, 'the list of keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'What would you like to do?' })).toBeFocused();
  await expectAccessible(page, 'the palette');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}

async function lookAtMenus(page: Page): Promise<void> {
  for (const name of ['Export', 'More']) {
    await action(page, name).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await expectAccessible(page, `the menu ${name}`);
    await page.keyboard.press('Escape');
  }
}
