import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  action,
  batchLink,
  chooseTaskFile,
  count,
  expectState,
  filter,
  giveRange,
  main,
  openOptions,
  panel,
  rowOf,
  rows,
  run,
} from './steps.ts';
import { expect, test } from './window.ts';

/* Each way in which a task does not succeed, and what one does about it. */

/** A task file whose function has this body; `number` is its input and `mark(name)` leaves a file in the folder. */
function task(folder: string, body: string): string {
  const file = join(folder, 'task.mjs');
  writeFileSync(
    file,
    `import { existsSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
    const path = (name) => ${JSON.stringify(folder)} + '/' + name;
    const mark = (name) => writeFileSync(path(name), '');
    const marked = (name) => existsSync(path(name));
    export default async (number) => { ${body} };`,
  );
  return file;
}

async function make(page: Page, file: string, tasks: number): Promise<void> {
  await giveRange(page, 0, tasks);
  await chooseTaskFile(page, file);
}

test('a task that fails at first says which attempt comes next and when, and then succeeds', async ({
  page,
  folder,
}) => {
  const body = `if (number === 2 && !marked('failed')) { mark('failed'); throw new Error('not yet'); }
    return number;`;
  await make(page, task(folder, body), 4);
  const options = await openOptions(page);
  await options.getByLabel('Retries').fill('2');
  await options.getByLabel('Delay, seconds').fill('6');
  await expect(options).toContainText('2 retries');
  await run(page, 4);

  await expect(rowOf(page, 2)).toContainText(/attempt\s?2 of 3, in [1-6] s/);
  await expect(main(page).getByRole('button', { name: '1 retrying' })).toBeVisible();
  await rowOf(page, 2).click();
  await expect(panel(page)).toContainText(/attempt 2 of 3, in [1-6] s/);
  await expect(panel(page)).toContainText('not yet');

  await expect(panel(page)).toContainText('succeeded');
  await expectState(page, 'completed');
  await expect(panel(page).getByRole('row', { name: /^1 error/ })).toBeVisible();
  await expect(panel(page).getByRole('row', { name: /^2 ok/ })).toBeVisible();
  // Times of any width end below each other.
  for (const time of await panel(page).locator('.attempts tr:not(.attempt-why) td:nth-child(3)').all()) {
    await expect(time).toHaveCSS('text-align', 'right');
  }
  await expect(rowOf(page, 2)).toContainText('×2');
  expect(await count(page, 'Succeeded')).toBe(4);
});

test('a task that hangs is timed out, and a task that kills its worker says how', async ({
  page,
  folder,
  kind,
}) => {
  const body = `if (number === 1) for (;;);
    if (number === 3) { writeSync(2, 'about to fall\\n'); process.kill(process.pid, 'SIGSEGV'); await new Promise(() => {}); }
    return number;`;
  await make(page, task(folder, body), 8);
  const options = await openOptions(page);
  await options.getByLabel('Timeout', { exact: true }).fill('0.5');
  await run(page, 8);
  await expectState(page, 'completed', 60_000);

  expect(await count(page, 'Failed')).toBe(2);
  expect(await count(page, 'Succeeded')).toBe(6);
  await expect(rowOf(page, 1)).toContainText('timed out');
  await rowOf(page, 1).click();
  await expect(panel(page)).toContainText('timed out');
  await expect(panel(page).getByRole('row', { name: /^1 timeout/ })).toBeVisible();

  // Electron does not tell the signal.
  const how = kind === 'web' ? /crashed\s?\(SIGSEGV, worker \d\)/ : /crashed\s?\(.+, worker \d\)/;
  await expect(rowOf(page, 3)).toContainText(how);
  await rowOf(page, 3).click();
  await expect(panel(page)).toContainText(how);
  await expect(panel(page).getByRole('region', { name: 'Error' })).toContainText('about to fall');
  await expect(panel(page).getByRole('row', { name: /^1 crash \(/ })).toBeVisible();
});

test('what failed is retried with the settings of the batch, all at once or one task alone', async ({
  page,
  folder,
}) => {
  await make(
    page,
    task(folder, `if (number % 3 === 1 && !marked('mended')) throw new Error('broken'); return number;`),
    9,
  );
  await run(page, 9);
  await expectState(page, 'completed');
  await expect(action(page, 'Retry 3 failed')).toBeVisible();
  writeFileSync(join(folder, 'mended'), '');

  await rowOf(page, 4).click();
  await page.keyboard.press('r');
  await expect(action(page, 'Retry 2 failed')).toBeVisible();
  await expect(panel(page)).toContainText('succeeded');
  await expect(panel(page).getByRole('row', { name: /^2 ok/ })).toBeVisible();
  await page.keyboard.press('Escape');

  await action(page, 'Retry 2 failed').click();
  await expect.poll(() => count(page, 'Succeeded')).toBe(9);
  await expectState(page, 'completed');
  await expect(action(page, /^Retry/)).toHaveCount(0);
});

test('a selection of tasks is canceled, and the others go on', async ({ page, folder }) => {
  const body = `if (number < 2) { mark('begun-' + number); while (!marked('go')) await new Promise((r) => setTimeout(r, 20)); }
    return number;`;
  await make(page, task(folder, body), 30);
  const options = await openOptions(page, true);
  await options.getByLabel('Chunk size').fill('1');
  await run(page, 30);
  await expect
    .poll(() => existsSync(join(folder, 'begun-0')) && existsSync(join(folder, 'begun-1')))
    .toBe(true);

  await rowOf(page, 4).click();
  await rowOf(page, 7).click({ modifiers: ['Shift'] });
  await rowOf(page, 9).click({ modifiers: ['ControlOrMeta'] });
  const bar = page.getByRole('group', { name: 'Selected tasks' });
  await expect(bar).toContainText('5 selected');
  await expect(rows(page).and(page.locator('[aria-selected=true]'))).toHaveCount(5);
  await bar.getByRole('button', { name: 'Cancel 5' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel 5 tasks' }).click();
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('5 tasks are canceled.');
  await expect(bar).toBeHidden();
  expect(await count(page, 'Canceled')).toBe(5);

  writeFileSync(join(folder, 'go'), '');
  await expectState(page, 'completed');
  expect(await count(page, 'Succeeded')).toBe(25);

  // The same, by keys: what was canceled is run after all.
  await page.keyboard.press('Escape');
  await filter(page, 'Canceled').click();
  await page.getByRole('grid').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await expect(bar).toContainText('All 5 that match');
  await page.keyboard.press('r');
  await expect.poll(() => count(page, 'Succeeded')).toBe(30);
});

test('a batch stops early where its rule says so, tells why, and does the rest when asked', async ({
  page,
  folder,
}) => {
  const body = `if (number < 3 && !marked('mended')) throw new Error('broken');
    await new Promise((resolve) => setTimeout(resolve, 30));
    return number;`;
  await make(page, task(folder, body), 60);
  const options = await openOptions(page, true);
  await options.getByLabel('Chunk size').fill('1');
  await options.getByLabel('Stop early').selectOption({ label: 'when so many failed' });
  await options.getByLabel('How many', { exact: true }).fill('3');
  await expect(options).toContainText('stops when 3 tasks have failed');
  await run(page, 60);

  await expectState(page, 'stopped early');
  const skipped = await count(page, 'Skipped');
  expect(skipped).toBeGreaterThan(0);
  await expect(main(page)).toContainText(
    `Stopped early: 3 tasks have failed. ${skipped} tasks were skipped.`,
  );
  await page.getByRole('tab', { name: 'Details' }).click();
  await expect(main(page)).toContainText('when 3 tasks have failed');
  await page.keyboard.press('1');

  writeFileSync(join(folder, 'mended'), '');
  await action(page, 'More').click();
  await page.getByRole('menuitem', { name: `Retry all ${skipped + 3} that did not succeed` }).click();
  await expect.poll(() => count(page, 'Succeeded')).toBe(60);
  await expectState(page, 'completed');
});

test('a canceled batch offers to finish what it left', async ({ page, folder }) => {
  await make(
    page,
    task(folder, `while (!marked('go')) await new Promise((r) => setTimeout(r, 20)); return number;`),
    10,
  );
  await run(page, 10);
  await expectState(page, 'running');
  await action(page, 'Cancel').click();
  await page.getByRole('button', { name: 'Cancel 10 tasks' }).click();
  await expectState(page, 'canceled');
  writeFileSync(join(folder, 'go'), '');
  await action(page, 'Finish 10 tasks').click();
  await expectState(page, 'completed');
  expect(await count(page, 'Succeeded')).toBe(10);
});

test('a batch that waits for the machine says so in one sentence, beside its name and on its board', async ({
  page,
  folder,
}) => {
  await make(page, task(folder, 'return number;'), 5);
  const options = await openOptions(page, true);
  // The test itself is more load than this.
  await options.getByLabel('Load limit').fill('0.01');
  await run(page, 5);
  await expect(main(page).getByText(/\bload\b/i)).toBeVisible();
  await expect(batchLink(page, /task\.mjs/)).toHaveAttribute('title', /load/i);
  await action(page, 'Cancel').click();
  await page.getByRole('button', { name: 'Cancel 5 tasks' }).click();
  await expectState(page, 'canceled');
});

test.describe('a batch whose folder of inputs goes away', () => {
  /** Starts ten tasks on files of a folder, and takes the folder away while the first of them run. */
  async function takeAway(page: Page, folder: string): Promise<void> {
    mkdirSync(join(folder, 'drive'));
    for (let i = 0; i < 10; i++) writeFileSync(join(folder, 'drive', `${i}.txt`), String(i));
    await page.getByRole('textbox', { name: 'Path or glob' }).fill(join(folder, 'drive'));
    const file = task(
      folder,
      `mark('begun'); while (!marked('go')) await new Promise((r) => setTimeout(r, 20));
      return readFileSync(number, 'utf8');`,
    );
    await chooseTaskFile(page, file);
    await run(page, 10);
    await expect.poll(() => existsSync(join(folder, 'begun'))).toBe(true);
    renameSync(join(folder, 'drive'), join(folder, 'unplugged'));
    writeFileSync(join(folder, 'go'), '');
    await expect(notice(page)).toBeVisible();
  }
  const notice = (page: Page) => main(page).getByText(/is not there any more/);

  test('waits, and goes on by itself when the folder is back', async ({ page, folder }) => {
    await takeAway(page, folder);
    expect(await count(page, 'Failed')).toBe(0);
    renameSync(join(folder, 'unplugged'), join(folder, 'drive'));
    await expectState(page, 'completed');
    await expect(notice(page)).toBeHidden();
    expect(await count(page, 'Succeeded')).toBe(10);
  });

  test('goes on without it when told to', async ({ page, folder }) => {
    await takeAway(page, folder);
    await action(page, 'Go on without it').click();
    await expectState(page, 'completed');
    expect(await count(page, 'Failed')).toBe(10);
  });
});
