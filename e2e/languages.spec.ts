import type { Page } from '@playwright/test';
import { chooseBuiltin, expectState, giveRange, openNewBatch, run } from './steps.ts';
import { expect, test } from './window.ts';

/** Words of English in what is seen and in names, but for names and what a person typed. */
async function englishOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element) {
        if (node.closest('[lang=en]')) continue;
        for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
          texts.push(node.getAttribute(name) ?? '');
      } else if (!node.parentElement?.closest('script, style, [lang=en], kbd, .mono, .builtin-name, pre')) {
        texts.push(node.textContent ?? '');
      }
    }
    // Two words of English in a row are a text that was left; one may be a name.
    return [...new Set(texts.filter((text) => /[a-z]{2,} [a-z]{2,}/.test(text)))];
  });
}

test('the window speaks Chinese when it is told to, at once and after a reload, and loses nothing by it', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await giveRange(page, 0, 1200);
  await chooseBuiltin(page, 'primes');
  const language = page.locator('#language');
  await language.focus();
  await language.selectOption('zh-CN');
  await expect(page.getByRole('heading', { name: '新建批次' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(language).toBeFocused();
  // What was chosen is still chosen.
  await page.getByRole('button', { name: '运行 1,200 个任务' }).click();
  await expect(page.getByText('已完成', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  expect(await englishOf(page)).toEqual([]);

  const tabs = page.getByRole('tablist').first().getByRole('tab');
  for (let position = 0; position < (await tabs.count()); position++) {
    await page.locator('body').press(String(position + 1));
    await expect(tabs.nth(position)).toHaveAttribute('aria-selected', 'true');
    await page.waitForLoadState('networkidle');
    expect(await englishOf(page), `the tab ${await tabs.nth(position).textContent()}`).toEqual([]);
  }
  await page.locator('body').press('?');
  await expect(page.getByRole('dialog', { name: '按键' })).toBeVisible();
  expect(await englishOf(page)).toEqual([]);
  await page.keyboard.press('Escape');

  await page.reload();
  await expect(page.getByRole('tab', { name: /^任务/ })).toBeVisible();
  await page.locator('#language').selectOption('en');
  await expect(page.getByRole('tab', { name: /^Tasks/ })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('an error of the engine is said in Chinese too', async ({ page }) => {
  await page.locator('#language').selectOption('zh-CN');
  await page.getByRole('group', { name: '执行此任务' }).getByText('任务文件', { exact: true }).click();
  await page.getByRole('textbox', { name: '任务文件' }).fill('/no/such/task.mjs');
  await expect(page.getByText('/no/such/task.mjs：没有这个文件。')).toBeVisible();
});

test('the catalogue that is not spoken is not loaded', async ({ page, kind }) => {
  test.skip(kind !== 'web', 'the same files in each window; requests are seen in this one');
  const loaded = () =>
    page.evaluate(
      () => performance.getEntriesByType('resource').filter(({ name }) => name.includes('zh-cn')).length,
    );
  await openNewBatch(page);
  expect(await loaded()).toBe(0);
  await page.locator('#language').selectOption('zh-CN');
  await expect(page.getByRole('heading', { name: '新建批次' })).toBeVisible();
  expect(await loaded()).toBe(1);
});

test('numbers and times are those of the language', async ({ page }) => {
  await giveRange(page, 0, 3000);
  await chooseBuiltin(page, 'primes');
  await run(page, 3000);
  await expectState(page, 'completed');
  await page.locator('#language').selectOption('zh-CN');
  await expect(page.getByText('/ 3,000')).toBeVisible();
  await expect(page.getByText(/\d 毫秒|\d毫秒|\d秒/).first()).toBeVisible();
});
