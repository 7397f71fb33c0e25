import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  batchLink,
  chooseBuiltin,
  chooseTaskFile,
  expectState,
  filter,
  giveRange,
  main,
  openNewBatch,
  openOptions,
  panel,
  rows,
  run,
} from './steps.ts';
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

test('from a typed list to an exported result no pointer is needed', async ({ host, page, folder }) => {
  const ready = join(folder, 'ready');
  writeFileSync(
    join(folder, 'task.mjs'),
    `import { existsSync } from 'node:fs';
    export default (line) => {
      if (line === 'two' && !existsSync(${JSON.stringify(ready)})) throw new Error('not ready');
      return line.toUpperCase();
    };`,
  );
  await page.keyboard.press('n');
  await tabTo(page, 'radio', 'Files');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Lines or rows' })).toBeChecked();
  await tabTo(page, 'textbox', 'Lines');
  await page.keyboard.type('one\ntwo\nthree');
  await tabTo(page, 'radio', 'Built-in');
  await page.keyboard.press('ArrowRight');
  await tabTo(page, 'textbox', 'Task file');
  await page.keyboard.type(join(folder, 'task.mjs'));
  await tabTo(page, 'button', 'Let it run');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Run 3 tasks' })).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expectState(page, 'completed');

  await tabTo(page, 'button', 'Failed 1');
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press('j');
  await tabTo(page, 'grid', /^Tasks of /);
  await page.keyboard.press('Enter');
  await expect(panel(page)).toContainText('not ready');
  writeFileSync(ready, '');
  await page.keyboard.press('r');
  await expect(filter(page, 'Failed')).toHaveText(/0$/);
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();

  const file = join(folder, 'results.jsonl');
  await host.exportTo(file, async () => {
    await page.keyboard.press('e');
    const item = page.getByRole('menuitem', { name: /^All 3 tasks as JSON lines$/ });
    await expect(page.getByRole('menu')).toBeVisible();
    for (let presses = 0; presses < 20; presses++) {
      if (await item.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
  });
  expect(readFileSync(file, 'utf8')).toContain('"THREE"');
  // What was open is closed, and the focus is not lost.
  await expect(page.getByRole('button', { name: 'Export' })).toBeFocused();
});

test('a menu keeps what it offered when it was opened, and the focus', async ({ page, folder }) => {
  const go = join(folder, 'go');
  const file = join(folder, 'waiting.mjs');
  writeFileSync(
    file,
    `import { existsSync } from 'node:fs';
    export default async () => {
      while (!existsSync(${JSON.stringify(go)})) await new Promise((resolve) => setTimeout(resolve, 20));
    };`,
  );
  await giveRange(page, 0, 8);
  await chooseTaskFile(page, file);
  await run(page, 8);
  await filter(page, 'Pending').click();
  await expect(rows(page).first()).toBeVisible();
  await page.locator('body').press('e');
  const menu = page.getByRole('menu', { name: 'Export' });
  const first = menu.getByRole('menuitem', { name: /tasks? shown as CSV$/ });
  await expect(first).toBeFocused();
  const before = await menu.getByRole('menuitem').allTextContents();
  writeFileSync(go, '');
  await expectState(page, 'completed');
  await expect(filter(page, 'Pending')).toHaveText(/0$/);
  await expect(page.getByText('No task waits.')).toBeVisible();
  await expect(first).toBeFocused();
  expect(await menu.getByRole('menuitem').allTextContents()).toEqual(before);
});

test('the keys of the board do what their list says', async ({ page }) => {
  await giveRange(page, 0, 200);
  await chooseBuiltin(page, 'sleep');
  await page.getByRole('textbox', { name: 'Seconds' }).fill('0.3');
  await run(page, 200);
  await expectState(page, 'running');
  const body = page.locator('body');
  await body.press('p');
  await expectState(page, 'paused');
  await body.press('p');
  await expectState(page, 'running');
  await body.press('x');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Enter');
  const tabs = page.getByRole('tablist').first().getByRole('tab');
  for (let number = await tabs.count(); number >= 1; number--) {
    await body.press(String(number));
    await expect(tabs.nth(number - 1)).toHaveAttribute('aria-selected', 'true');
  }
  await body.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search tasks' })).toBeFocused();
  await page.keyboard.press('Escape');
  await body.press('h');
  await expect(page.getByRole('searchbox', { name: 'Search past batches' })).toBeFocused();
  await page.keyboard.press('Escape');
  await body.press('e');
  await expect(page.getByRole('menu', { name: 'Export' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await body.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');
  await body.press('n');
  await expect(page.getByRole('heading', { name: 'New batch' })).toBeVisible();
});

test('keys that are pressed on a batch of the sidebar act on it, whichever is shown', async ({ page }) => {
  for (const [count, name] of [
    [300, 'first'],
    [400, 'second'],
  ] as const) {
    await openNewBatch(page);
    await giveRange(page, 0, count);
    await chooseBuiltin(page, 'sleep');
    await page.getByRole('textbox', { name: 'Seconds' }).fill('1');
    const like = page.getByRole('region', { name: 'Like this' });
    if (!(await like.getByLabel('Name').isVisible())) await openOptions(page);
    await like.getByLabel('Name').fill(name);
    await run(page, count);
  }
  const first = batchLink(page, /^first/);
  const second = batchLink(page, /^second/);
  await expectState(page, 'running');
  await first.click({ button: 'right' });
  const menu = page.getByRole('menu', { name: 'first' });
  await expect(menu.getByRole('menuitem', { name: 'Pause' })).toBeVisible();
  // A key that none of its items has, and one of an item.
  await page.keyboard.press('h');
  await page.keyboard.press('p');
  await expect(menu).toBeHidden();
  await expect(first).toBeFocused();
  await expect(main(page).getByRole('heading', { name: 'second' })).toBeVisible();

  await page.keyboard.press('x');
  const dialog = page.getByRole('dialog', { name: 'Cancel first?' });
  await dialog.getByRole('button', { name: 'Let it run' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(main(page).getByRole('heading', { name: 'first' })).toBeVisible();
  await expectState(page, 'paused');
  // A dialog that its own button closes gives the focus back too.
  await expect(first).toBeFocused();

  await second.press('p');
  await expect(main(page).getByRole('heading', { name: 'first' })).toBeVisible();
  await second.press('r');
  await expect(page.getByRole('dialog', { name: 'Retry tasks of second' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(main(page).getByRole('heading', { name: 'second' })).toBeVisible();
  await expectState(page, 'paused');

  await page.keyboard.press('x');
  await page.getByRole('button', { name: /^Cancel \d+ tasks$/ }).press('Enter');
  await expectState(page, 'canceled');
  // Its link stands among those of today now.
  const today = page.getByRole('region', { name: 'Today' });
  await expect(today.getByRole('link', { name: /^second/ })).toBeFocused();
});

test('Ctrl Enter runs nothing that the button does not run', async ({ page }) => {
  await giveRange(page, 0, 3);
  await chooseBuiltin(page, 'primes');
  const retries = (await openOptions(page)).getByLabel('Retries');
  await retries.fill('many');
  await expect(page.getByRole('button', { name: 'Run 3 tasks' })).toBeDisabled();
  await retries.press('Control+Enter');
  await retries.fill('1');
  await expect(page.getByRole('button', { name: 'Run 3 tasks' })).toBeEnabled();
  await retries.press('Control+Enter');
  await expectState(page, 'completed');
  await expect(page.getByRole('navigation', { name: 'Batches' }).getByRole('link')).toHaveCount(1);
});

/** Presses Tab until the control with this name has the focus; the order on the page is the order of the keys. */
async function tabTo(
  page: import('@playwright/test').Page,
  role: 'radio' | 'textbox' | 'button' | 'grid',
  name: string | RegExp,
) {
  const wanted = page.getByRole(role, { name, exact: typeof name === 'string' });
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`The Tab key does not reach "${name}".`);
}

test('J goes from the sidebar to the table, where Enter opens the task', async ({ page }) => {
  await giveRange(page, 0, 20);
  await chooseBuiltin(page, 'primes');
  await run(page, 20);
  await expectState(page, 'completed');
  await expect(rows(page).nth(1)).toContainText('succeeded');
  await batchLink(page, /primes/).click();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(panel(page).getByRole('heading', { name: 'Task 1' })).toBeVisible();
  await panel(page).getByRole('button', { name: 'Next task' }).focus();
  await page.keyboard.press('j');
  await expect(panel(page).getByRole('heading', { name: 'Task 2' })).toBeVisible();
  await expect(panel(page).getByRole('button', { name: 'Next task' })).toBeFocused();
});
