import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { chooseTaskFile, expectState, giveRange, run } from './steps.ts';
import { expect, test } from './window.ts';

/** What is wider than a box is cut or wrapped within it, and pushes nothing else out. */
async function expectWithin(box: Locator, part: Locator): Promise<void> {
  await expect(part).toBeVisible();
  const [outer, inner] = [(await box.boundingBox())!, (await part.boundingBox())!];
  expect(inner.x).toBeGreaterThanOrEqual(outer.x);
  expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width);
}

test('names, places and values of any length leave everything else in its place', async ({
  page,
  folder,
}) => {
  await page.setViewportSize({ width: 900, height: 600 });
  const file = join(folder, `${'n'.repeat(200)}.mjs`);
  writeFileSync(
    file,
    `export default (number) => {
      if (number === 0) throw new Error('e'.repeat(3000));
      return number < 5 ? 'first line '.repeat(50) + '\\nsecond line' : 'short';
    };`,
  );
  await giveRange(page, 0, 20);
  await chooseTaskFile(page, file);
  await expect(page.getByTestId('task-description')).toBeVisible();
  const across = await page
    .locator('.new-batch-scroll')
    .evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(across, 'New batch does not scroll sideways').toBe(0);
  await run(page, 20);
  await expectState(page, 'completed');

  await page.locator('body').press('4');
  const group = page.getByRole('list', { name: 'Groups of failed tasks' }).getByRole('listitem');
  await expectWithin(group.getByRole('button').first(), group.locator('time').first());

  await page.locator('body').press('5');
  await page.getByRole('button', { name: 'Sort, filter and summary of Result' }).click();
  const summary = page
    .getByRole('dialog', { name: 'Column Result' })
    .getByRole('region', { name: 'Summary' });
  await expectWithin(summary, summary.getByText('Distinct', { exact: true }));
  const value = summary.getByRole('button', { name: /^first line/ });
  await expectWithin(summary, value.getByText('4', { exact: true }));
  const heights = await value.locator('.results-frequent-value').evaluate((element) => {
    const lines = element.getClientRects()[0]!;
    return [lines.height, element.parentElement!.clientHeight];
  });
  expect(heights[0], 'one line of the value is shown').toBeLessThanOrEqual(heights[1]!);
});

test('with text of twice the size the tab that is shown is seen, and so is what went wrong', async ({
  page,
  folder,
}) => {
  const file = join(folder, 'fails.mjs');
  writeFileSync(file, 'export default (number) => { throw new RangeError("no picture " + number); };');
  await giveRange(page, 0, 20);
  await chooseTaskFile(page, file);
  await run(page, 20);
  await expectState(page, 'completed');
  await page.setViewportSize({ width: 640, height: 400 });
  await page.locator('body').press('7');
  await expect(page.getByRole('tab', { name: 'Details' })).toBeInViewport({ ratio: 0.98 });
  await page.locator('body').press('4');
  await expect(page.getByRole('tab', { name: /^Errors/ })).toBeInViewport({ ratio: 0.98 });
  const group = page.getByRole('list', { name: 'Groups of failed tasks' }).getByRole('listitem');
  const title = group.getByTitle(/^RangeError: no picture/);
  await expect(title).toBeVisible();
  const hidden = await title.evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(hidden, 'of the message').toBe(0);
});
