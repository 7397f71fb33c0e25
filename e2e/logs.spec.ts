import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { chooseTaskFile, expectState, giveRange, main, panel, rowOf, run } from './steps.ts';
import { expect, test } from './window.ts';

const log = (page: Page) => page.getByRole('log');
const openLog = (page: Page) => page.getByRole('tab', { name: 'Log' }).click();

async function start(page: Page, folder: string, code: string, tasks: number): Promise<void> {
  const file = join(folder, 'prints.mjs');
  writeFileSync(file, code);
  await giveRange(page, 0, tasks);
  await chooseTaskFile(page, file);
  await run(page, tasks);
}

/** Lines that are drawn now, in their order. */
const texts = (page: Page): Promise<string[]> => log(page).locator('.log-text').allTextContents();

test('the log opens at its end, follows it, and keeps its place when one scrolls up', async ({
  page,
  folder,
}) => {
  const go = join(folder, 'go');
  await start(
    page,
    folder,
    `import { existsSync } from 'node:fs';
     export default async (n) => {
       for (let i = 0; i < 3000; i++) console.log('line ' + i);
       while (!existsSync(${JSON.stringify(go)})) await new Promise((r) => setTimeout(r, 50));
       for (let i = 0; i < 12; i++) console.log('later ' + i);
       while (!existsSync(${JSON.stringify(go)} + '2')) await new Promise((r) => setTimeout(r, 50));
       console.log('the end');
     };`,
    1,
  );
  await openLog(page);
  await expect(log(page).getByText('line 2999', { exact: true })).toBeVisible();
  // Of thousands of lines those that are seen are drawn.
  expect((await texts(page)).length).toBeLessThan(400);

  await log(page).hover();
  await page.mouse.wheel(0, -9000);
  await expect(log(page).getByText('line 2999', { exact: true })).toBeHidden();
  const before = (await texts(page))[0];
  writeFileSync(go, '');
  const button = main(page).getByRole('button', { name: '12 new lines' });
  await expect(button).toBeVisible();
  expect((await texts(page))[0]).toBe(before);

  await button.click();
  await expect(log(page).getByText('later 11', { exact: true })).toBeVisible();
  writeFileSync(`${go}2`, '');
  await expect(log(page).getByText('the end')).toBeVisible();
  await expectState(page, 'completed');

  // The first line is reached by scrolling: older ones are loaded on the way.
  await expect
    .poll(
      async () => {
        await log(page).hover();
        await page.mouse.wheel(0, -20_000);
        return (await texts(page))[0];
      },
      { timeout: 30_000 },
    )
    .toBe('line 0');
});

test('colours are shown, other escapes and markup are not', async ({ page, folder }) => {
  await start(
    page,
    folder,
    `export default () => {
       process.stdout.write('\\x1b[31mred alert\\x1b[0m plain\\n\\x1b[2K\\x1b[1Gcleared\\n10%\\r100%\\n');
       console.error('<img src=x onerror=alert(1)>');
     };`,
    1,
  );
  await expectState(page, 'completed');
  await openLog(page);
  await expect(log(page).getByText('red alert')).toHaveClass('ansi-red');
  expect(await texts(page)).toEqual(['red alert plain', 'cleared', '100%', '<img src=x onerror=alert(1)>']);
});

test('a search finds every line of all tasks, and leads from one to the next', async ({ page, folder }) => {
  await start(
    page,
    folder,
    `export default (n) => {
       for (let i = 0; i < 500; i++) console.log(i === 250 ? 'Needle of ' + n : 'hay ' + i);
     };`,
    40,
  );
  await expectState(page, 'completed');
  await openLog(page);
  const search = page.getByRole('searchbox', { name: 'Search the log' });
  await search.fill('needle');
  await expect(main(page).getByText('40 lines')).toBeVisible();
  await log(page).focus();
  await search.press('Shift+Enter');
  await expect(log(page).locator('[data-target] mark')).toHaveText('Needle');
  await expect(log(page).locator('[data-target]')).toBeInViewport();
  const last = await log(page).locator('[data-target]').textContent();
  for (let n = 0; n < 3; n++) await search.press('Shift+Enter');
  await expect(main(page).getByText(/^\d+ of 40$/)).toBeVisible();
  await expect.poll(() => log(page).locator('[data-target]').textContent()).not.toBe(last);
  await expect(log(page).locator('[data-target]')).toBeInViewport();
});

test('one task, one worker or one stream is shown alone, and all of it is saved', async ({
  page,
  folder,
  host,
}) => {
  await start(
    page,
    folder,
    'export default (n) => { console.log("out " + n); console.error("err " + n); };',
    6,
  );
  await expectState(page, 'completed');
  await rowOf(page, 4).click();
  await panel(page).getByRole('button', { name: 'Open in the log' }).click();
  await expect(log(page)).toBeVisible();
  await expect.poll(() => texts(page)).toEqual(['out 4', 'err 4']);
  await main(page).getByRole('button', { name: 'Show all tasks' }).click();
  await expect.poll(async () => (await texts(page)).length).toBe(12);
  await main(page).getByRole('button', { name: 'out', exact: true }).click();
  await expect
    .poll(async () => (await texts(page)).sort())
    .toEqual([0, 1, 2, 3, 4, 5].map((n) => `err ${n}`));

  const file = join(folder, 'saved.txt');
  await host.exportTo(file, () => main(page).getByRole('button', { name: 'Save' }).click());
  expect(readFileSync(file, 'utf8').trim().split('\n').sort()).toEqual(
    [0, 1, 2, 3, 4, 5].map((n) => `err ${n}`),
  );
});

test('a task that printed and is silent now says for how long', async ({ page, folder }) => {
  const go = join(folder, 'go');
  await start(
    page,
    folder,
    `import { existsSync } from 'node:fs';
     export default async (n) => {
       console.log('hello');
       while (!existsSync(${JSON.stringify(go)})) await new Promise((r) => setTimeout(r, 50));
     };`,
    1,
  );
  await expect(rowOf(page, 0)).toContainText(/last output 0:\d\d ago/, { timeout: 20_000 });
  await rowOf(page, 0).click();
  await expect(panel(page)).toContainText(/last output 0:\d\d ago/);
  writeFileSync(go, '');
  await expectState(page, 'completed');
});

test('a hundred megabytes from one task hurt nobody', async ({ page, folder }) => {
  test.setTimeout(180_000);
  await start(
    page,
    folder,
    `const line = 'x'.repeat(99) + '\\n';
     export default async () => {
       for (let i = 0; i < 1_000_000; i++) {
         process.stdout.write(line);
         if (i % 1000 === 999) await new Promise(setImmediate);
       }
       console.log('done with it');
     };`,
    1,
  );
  await openLog(page);
  await expectState(page, 'completed', 120_000);
  await expect(log(page).getByText('done with it')).toBeVisible({ timeout: 20_000 });
  expect((await texts(page)).length).toBeLessThan(400);
  await page.getByRole('searchbox', { name: 'Search the log' }).fill('characters left out');
  await expect(main(page).getByText(/^[1-9]\d* lines?$/)).toBeVisible({ timeout: 30_000 });
});
