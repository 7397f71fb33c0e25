import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { chooseExport, chooseTaskFile, count, expectState, giveRange, main, run } from './steps.ts';
import { expect, test } from './window.ts';

/** A task that waits in the middle of the batch until a file is there. */
function waitingTask(folder: string): string {
  const file = join(folder, 'square.mjs');
  writeFileSync(
    file,
    `import { existsSync, writeFileSync } from 'node:fs';
    const path = (name) => ${JSON.stringify(folder)} + '/' + name;
    export default async (number) => {
      if (number === 200) writeFileSync(path('begun'), '');
      if (number >= 200) while (!existsSync(path('go'))) await new Promise((r) => setTimeout(r, 20));
      return number * number;
    };`,
  );
  return file;
}

/** Starts a batch of 400 such tasks, and waits until it is in its middle. */
async function begin(page: Page, folder: string): Promise<void> {
  await giveRange(page, 0, 400);
  await chooseTaskFile(page, waitingTask(folder));
  await run(page, 400);
  await expect.poll(() => existsSync(join(folder, 'begun'))).toBe(true);
}

test('a batch whose program was killed is offered to be finished at the next start, and nothing of it is lost', async ({
  start,
  folder,
}) => {
  const first = await start();
  await begin(first.page, folder);
  await expect.poll(() => count(first.page, 'Succeeded')).toBeGreaterThanOrEqual(150);
  const done = await count(first.page, 'Succeeded');
  await first.kill();

  writeFileSync(join(folder, 'go'), '');
  const second = await start();
  const { page } = second;
  const offer = page.getByRole('region', { name: 'Interrupted batches' });
  await expect(offer).toContainText(/was interrupted at \d+ of 400\./);
  const [, kept] = /at (\d+) of/.exec((await offer.textContent())!)!;
  expect(Number(kept)).toBeGreaterThanOrEqual(done);
  await offer.getByRole('button', { name: new RegExp(`^Resume ${400 - Number(kept)} tasks`) }).click();
  await expect(offer).toBeHidden();
  await expectState(page, 'completed');
  expect(await count(page, 'Succeeded')).toBe(400);

  const file = join(folder, 'results.jsonl');
  await second.exportTo(file, () => chooseExport(page, /All/, 'JSON lines'));
  const results = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { index: number; value: number });
  expect(results.map(({ index }) => index)).toEqual(Array.from({ length: 400 }, (_, index) => index));
  expect(results.every(({ index, value }) => value === index * index)).toBe(true);
});

test('what is put off is not offered again until the next start, and can be resumed on its own board', async ({
  start,
  folder,
}) => {
  const first = await start();
  await begin(first.page, folder);
  await first.kill();

  const { page } = await start();
  const offer = page.getByRole('region', { name: 'Interrupted batches' });
  await offer.getByRole('button', { name: 'Not now' }).click();
  await expect(offer).toBeHidden();
  await page.reload();
  await page.getByRole('link', { name: /square\.mjs/ }).click();
  await expectState(page, 'interrupted');
  await expect(offer).toBeHidden();

  writeFileSync(join(folder, 'go'), '');
  await main(page)
    .getByRole('button', { name: /^Resume \d+ tasks$/ })
    .click();
  await expectState(page, 'completed');
  expect(await count(page, 'Succeeded')).toBe(400);
});
