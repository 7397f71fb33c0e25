import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import {
  action,
  batchLink,
  chooseTaskFile,
  expectState,
  giveRange,
  main,
  nameTaskFile,
  openNewBatch,
  openOptions,
} from './steps.ts';
import { expect, test } from './window.ts';

/** Writes a task that runs until a file is there. */
function waitingTask(folder: string, go: string): string {
  const file = join(folder, 'wait.mjs');
  writeFileSync(
    file,
    `import { existsSync } from 'node:fs';
    export default async (number, { signal }) => {
      while (!existsSync(${JSON.stringify(go)}) && !signal.aborted) await new Promise((next) => setTimeout(next, 20));
      return number;
    };`,
  );
  return file;
}

/** Fills "New batch" with ten waiting tasks under a name; the file was allowed before unless it is the first. */
async function fill(page: Page, file: string, name: string, first = false): Promise<void> {
  await openNewBatch(page);
  await giveRange(page, 0, 10);
  await (first ? chooseTaskFile : nameTaskFile)(page, file);
  const like = page.getByRole('region', { name: 'Like this' });
  if (!(await like.getByLabel('Name').isVisible())) await openOptions(page);
  await like.getByLabel('Name').fill(name);
}

async function enqueue(page: Page, file: string, name: string): Promise<void> {
  await fill(page, file, name);
  await page.getByRole('group', { name: 'Start' }).getByText('when the others are done').click();
  await page.getByRole('button', { name: 'Queue 10 tasks' }).click();
  await expect(main(page).getByRole('heading', { name })).toBeVisible();
  await expectState(page, 'queued');
}

const queued = (page: Page) => page.getByRole('region', { name: 'Queued' }).getByRole('link');

test('queued batches wait for the others, in an order that keys, menus and the pointer change', async ({
  page,
  folder,
}) => {
  test.slow();
  const go = join(folder, 'go');
  const file = waitingTask(folder, go);
  await fill(page, file, 'first', true);
  // With nothing else under way there is nothing to wait for.
  await expect(page.getByRole('group', { name: 'Start' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Run 10 tasks' }).click();
  await expectState(page, 'running');
  await enqueue(page, file, 'second');
  await enqueue(page, file, 'third');
  await enqueue(page, file, 'fourth');
  await expect(main(page)).toContainText('3 of 3 in the queue');
  await expect(queued(page)).toContainText(['second', 'third', 'fourth']);
  await expect(queued(page).first()).toContainText('starts next');

  await batchLink(page, /fourth/).press('Alt+ArrowUp');
  await expect(queued(page)).toContainText(['second', 'fourth', 'third']);
  await batchLink(page, /second/).press('Alt+ArrowDown');
  await expect(queued(page)).toContainText(['fourth', 'second', 'third']);

  await batchLink(page, /third/).click();
  await action(page, 'More').click();
  await expectAccessible(page, 'a queued batch with its menu');
  await page.getByRole('menuitem', { name: 'Move to the front' }).click();
  await expect(queued(page)).toContainText(['third', 'fourth', 'second']);

  const grip = page.getByRole('region', { name: 'Queued' }).locator('.queue-grip').first();
  await grip.hover();
  await page.mouse.down();
  const last = (await queued(page).last().boundingBox())!;
  await page.mouse.move(last.x + 20, last.y + last.height - 2, { steps: 5 });
  await page.mouse.up();
  await expect(queued(page)).toContainText(['fourth', 'second', 'third']);

  // Past the queue, and with a priority of its own.
  await batchLink(page, /third/).click();
  await action(page, 'Start now').click();
  await expectState(page, 'running');
  await action(page, 'More').click();
  await page.getByRole('menuitemradio', { name: 'High' }).click();
  await expect(main(page).getByText('high priority')).toBeVisible();
  await expect(queued(page)).toContainText(['fourth', 'second']);

  writeFileSync(go, '');
  await batchLink(page, /second/).click();
  await expectState(page, 'completed', 45_000);
  await expect(page.getByRole('region', { name: 'Queued' })).toHaveCount(0);
});

test('what was queued when the program ended waits in its order again once it is resumed', async ({
  start,
  folder,
}) => {
  test.slow();
  const go = join(folder, 'go');
  const file = waitingTask(folder, go);
  const first = await start();
  await fill(first.page, file, 'first', true);
  await first.page.getByRole('button', { name: 'Run 10 tasks' }).click();
  await expectState(first.page, 'running');
  await enqueue(first.page, file, 'second');
  await enqueue(first.page, file, 'third');
  await batchLink(first.page, /third/).press('Alt+ArrowUp');
  await expect(queued(first.page)).toContainText(['third', 'second']);
  await first.stop();

  const { page } = await start();
  const bar = page.getByRole('region', { name: 'Interrupted batches' });
  await bar.getByRole('button', { name: 'Resume all 3' }).click();
  await expect(queued(page)).toContainText(['third', 'second']);
  writeFileSync(go, '');
  await batchLink(page, /second/).click();
  await expectState(page, 'completed', 45_000);
});
