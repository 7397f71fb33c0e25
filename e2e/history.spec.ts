import type { Page } from '@playwright/test';
import {
  action,
  batchLink,
  chooseBuiltin,
  expectState,
  giveRange,
  main,
  openNewBatch,
  openOptions,
  run,
} from './steps.ts';
import { expect, test } from './window.ts';

/** Runs a small batch with a name. */
async function runNamed(page: Page, name: string): Promise<void> {
  await openNewBatch(page);
  await giveRange(page, 0, 5);
  await chooseBuiltin(page, 'primes');
  const summary = page
    .getByRole('region', { name: 'Like this' })
    .getByRole('button', { expanded: false, name: / · / });
  if (await summary.isVisible()) await openOptions(page);
  await page.getByRole('region', { name: 'Like this' }).getByLabel('Name').fill(name);
  await run(page, 5);
  await expectState(page, 'completed');
}

test('past batches are searched, deleted, and brought back for a while', async ({ page }) => {
  await runNamed(page, 'red apples');
  await runNamed(page, 'green apples');
  await runNamed(page, 'green pears');

  await page.locator('body').press('h');
  await page.keyboard.type('green');
  await expect(batchLink(page, /red apples/)).toBeHidden();
  await expect(page.getByRole('search', { name: 'Search past batches' })).toContainText('2 found');
  await page.keyboard.press('Escape');
  await expect(batchLink(page, /red apples/)).toBeVisible();

  // By its key, and back by a button.
  await batchLink(page, /green apples/).click();
  await batchLink(page, /green apples/).press('Delete');
  const messages = page.getByRole('region', { name: 'Messages' });
  await expect(messages).toContainText('green apples is deleted.');
  await expect(batchLink(page, /green apples/)).toHaveCount(0);
  await expect(main(page).getByRole('heading', { name: 'red apples' })).toBeVisible();
  await messages.getByRole('button', { name: 'Undo' }).click();
  await expect(batchLink(page, /green apples/)).toBeVisible();
  await expect(main(page).getByRole('heading', { name: 'green apples' })).toBeVisible();

  // By the button of the board, and back by a key.
  await action(page, 'More').click();
  await page.getByRole('menuitem', { name: 'Delete this batch' }).click();
  await expect(batchLink(page, /green apples/)).toHaveCount(0);
  await page.locator('body').press('ControlOrMeta+z');
  await expect(batchLink(page, /green apples/)).toBeVisible();

  // By its menu.
  await batchLink(page, /red apples/).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Delete this batch' }).click();
  await expect(batchLink(page, /red apples/)).toHaveCount(0);
  await page.locator('body').press('ControlOrMeta+z');

  // Where another one is shown, a key means the link that it is pressed on, and then the next one.
  await batchLink(page, /green pears/).focus();
  await page.keyboard.down('Delete');
  await expect(batchLink(page, /green pears/)).toHaveCount(0);
  await expect(batchLink(page, /green apples/)).toBeFocused();
  // Held down it does no more.
  await page.keyboard.down('Delete');
  await page.keyboard.up('Delete');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(batchLink(page, /green pears/)).toBeVisible();

  // By the key that its menu shows.
  await batchLink(page, /red apples/).click({ button: 'right' });
  await expect(page.getByRole('menu', { name: 'red apples' })).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(batchLink(page, /red apples/)).toHaveCount(0);
  await expect(batchLink(page, /green apples/)).toBeFocused();
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(main(page).getByRole('heading', { name: 'green apples' })).toBeVisible();

  await page.keyboard.press('h');
  await page.keyboard.type('green');
  await page.getByRole('button', { name: 'Delete 2' }).click();
  await expect(messages).toContainText('2 batches are deleted.');
  await expect(page.getByText('Batches that you run are listed here.')).toBeVisible();
});

test('what was deleted stays so after the next start, and so does how long the history is kept', async ({
  start,
}) => {
  const first = await start();
  await runNamed(first.page, 'to keep');
  await runNamed(first.page, 'to delete');
  await first.page.locator('body').press('Delete');
  await expect(batchLink(first.page, /to delete/)).toHaveCount(0);

  const foot = (page: Page) => page.getByRole('button', { name: /^History: [\d.]+ [kM]?B/ });
  await expect(foot(first.page)).toContainText('for ever');
  await foot(first.page).click();
  await first.page.getByRole('radio', { name: '30 days' }).check();
  await first.page.keyboard.press('Escape');
  await expect(foot(first.page)).toContainText('30 days');
  await first.stop();

  const { page } = await start();
  await expect(batchLink(page, /to keep/)).toBeVisible();
  await expect(batchLink(page, /to delete/)).toHaveCount(0);
  await expect(foot(page)).toContainText('30 days');
  await batchLink(page, /to keep/).click();
  await page.getByRole('tab', { name: 'Details' }).click();
  await expect(main(page)).toContainText(/Size on disk[\d.]+ k?B/);
});
