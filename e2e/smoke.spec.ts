import { expect, test } from './window.ts';

test('opens', async ({ page }, info) => {
  await expect(page).toHaveTitle(/Poolboard/);
  await page.waitForTimeout(1000);
  await page.screenshot({ path: `test-results/screens/smoke-${info.project.name}.png` });
  console.log((await page.locator('body').ariaSnapshot()).slice(0, 6000));
});
