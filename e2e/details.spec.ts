import { choose, chooseBuiltin, expectState, main, openNewBatch, run } from './steps.ts';
import { expect, test } from './window.ts';

test('the details say how many lines were given, and all of them are copied', async ({ page }) => {
  const lines = Array.from({ length: 150 }, (_, n) => `line ${n}`);
  await openNewBatch(page);
  await choose(page, 'These inputs', 'Lines or rows');
  await page.getByRole('textbox', { name: /^Lines/ }).fill(lines.join('\n'));
  await chooseBuiltin(page, 'primes');
  await run(page, 150);
  await expectState(page, 'completed');
  await page.getByRole('tab', { name: 'Details' }).click();
  await expect(main(page).getByText('150 values', { exact: true })).toBeVisible();
  await expect(main(page).getByText('and 130 more')).toBeVisible();
  await page.evaluate(() => {
    navigator.clipboard.writeText = async (text) => void Object.assign(window, { copied: text });
  });
  await main(page).getByRole('button', { name: 'Copy as JSON' }).click();
  await expect(main(page).getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = await page.evaluate(() => (window as unknown as { copied: string }).copied);
  expect(JSON.parse(copied).inputs).toEqual({ kind: 'list', values: lines });
});
