import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseTaskFile, count, expectState, giveRange, run } from './steps.ts';
import { expect, test } from './window.ts';

test('the size of the pool is shown, can be changed, and changes how many tasks run at once', async ({
  page,
  folder,
}) => {
  const file = join(folder, 'wait.mjs');
  writeFileSync(file, 'export default (ms) => new Promise((resolve) => setTimeout(resolve, 1500, ms));');
  const size = page.getByRole('spinbutton', { name: 'Workers of the pool' });
  await size.fill('3');
  await size.press('Enter');
  await expect(size).toHaveValue('3');

  await giveRange(page, 0, 12);
  await chooseTaskFile(page, file);
  await run(page, 12);
  await expect.poll(() => count(page, 'Running')).toBe(3);
  await expect(page.getByRole('heading', { name: 'Workers 3/3' })).toBeVisible();

  await page.getByRole('button', { name: 'One worker fewer' }).click();
  await page.getByRole('button', { name: 'One worker fewer' }).click();
  await expect(size).toHaveValue('1');
  await expect.poll(() => count(page, 'Running')).toBe(1);
  await expect(page.getByRole('heading', { name: 'Workers 1/1' })).toBeVisible();

  await page.getByRole('button', { name: 'One worker more' }).click();
  await expect(size).toHaveValue('2');
  await expectState(page, 'completed', 60_000);
  expect(await count(page, 'Succeeded')).toBe(12);
});
