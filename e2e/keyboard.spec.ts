import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectState, filter, panel, rows } from './steps.ts';
import { expect, test } from './window.ts';

test('a batch can be made, run, watched and looked into with the keyboard alone', async ({
  page,
  folder,
}) => {
  writeFileSync(
    join(folder, 'task.mjs'),
    'export default (x) => { if (x === 3) throw new Error("three"); };',
  );
  await page.keyboard.press('n');
  await expect(page.getByRole('heading', { name: 'New batch' })).toBeVisible();

  await tabTo(page, 'radio', 'Files');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Range', exact: true })).toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('0');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('8');

  await tabTo(page, 'radio', 'Built-in');
  await page.keyboard.press('ArrowRight');
  await tabTo(page, 'textbox', 'Task file');
  await page.keyboard.type(join(folder, 'task.mjs'));
  await tabTo(page, 'button', 'Let it run');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Run 8 tasks' })).toBeEnabled();
  await page.keyboard.press('Control+Enter');

  await expectState(page, 'completed');
  await expect(rows(page)).toHaveCount(8);
  await page.locator('body').press('j');
  await page.keyboard.press('j');
  await expect(rows(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('k');
  await expect(rows(page).nth(0)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('heading', { name: 'Task 0' })).toBeVisible();
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowDown');
  await expect(panel(page).getByRole('heading', { name: 'Task 3' })).toBeVisible();
  await expect(panel(page)).toContainText('three');
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();

  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search tasks' })).toBeFocused();
  await page.keyboard.type('three');
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(filter(page, 'All')).toHaveAttribute('aria-pressed', 'true');

  await page.locator('body').press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

/** Presses Tab until the control with this name has the focus; the order on the page is the order of the keys. */
async function tabTo(
  page: import('@playwright/test').Page,
  role: 'radio' | 'textbox' | 'button',
  name: string,
) {
  const wanted = page.getByRole(role, { name, exact: true });
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`The Tab key does not reach "${name}".`);
}
