import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { batchLink, chooseTaskFile, expectState, giveRange, run } from './steps.ts';
import { expect, test } from './window.ts';

/* How a batch went over its life, and what its workers' time was lost to. */

const chart = (page: Page, name: string): Locator => page.getByRole('figure', { name });

/** True once lines are drawn on the chart. */
const isDrawn = (figure: Locator): Promise<boolean> =>
  figure.locator('canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set<number>();
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 255) colours.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
    }
    return colours.size > 3;
  });

async function start(page: Page, folder: string, tasks: number, body: string): Promise<void> {
  const file = join(folder, 'task.mjs');
  writeFileSync(file, `export default async (number) => { ${body} };`);
  await giveRange(page, 0, tasks);
  await chooseTaskFile(page, file);
  await run(page, tasks);
  await page.getByRole('tab', { name: 'Charts' }).click();
}

test('throughput, durations, CPU and memory are drawn over the life of a batch, live and afterwards', async ({
  page,
  folder,
}) => {
  await start(
    page,
    folder,
    80,
    `await new Promise((resolve) => setTimeout(resolve, 60)); if (number === 3) throw new Error('no'); return number;`,
  );
  for (const name of ['Throughput', 'Duration of tasks', 'CPU, cores', 'Memory']) {
    await expect(chart(page, name)).toBeVisible();
  }
  await expectState(page, 'completed');
  await expect(chart(page, 'Throughput')).toContainText(/\/s on average, .* at most/);
  await expect(chart(page, 'Duration of tasks')).toContainText(/80 attempts: half took up to \d+ ms/);
  await expect(chart(page, 'Memory')).toContainText(/worker 1\s*\d+(\.\d)? MB/);
  for (const name of ['Throughput', 'Duration of tasks', 'Memory']) {
    await expect.poll(() => isDrawn(chart(page, name)), { message: name }).toBe(true);
  }

  await expectAccessible(page, 'charts');

  // What was measured is kept: it is there when the window comes back.
  await page.reload();
  await expect(page.getByRole('tab', { name: 'Charts' })).toHaveAttribute('aria-selected', 'true');
  await expect(chart(page, 'Duration of tasks')).toContainText('80 attempts');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => isDrawn(chart(page, 'Throughput'))).toBe(true);
});

test('efficiency is one figure, and its parts make the whole', async ({ page, folder }) => {
  // Two seconds of one task at the end: the other worker has nothing left to do.
  await start(
    page,
    folder,
    21,
    `await new Promise((resolve) => setTimeout(resolve, number === 20 ? 2500 : 50)); return number;`,
  );
  await expectState(page, 'completed');
  const block = page.getByRole('region', { name: 'Efficiency' });
  await expect(block).toContainText(/of the time of 2 workers over .* went into tasks/);
  const shares = await block.getByRole('listitem').allTextContents();
  const part = (name: string): number => {
    const text = shares.find((each) => each.includes(name))!;
    return text.includes('under') ? 0.5 : Number(/(\d+)%/.exec(text)![1]);
  };
  const names = ['tasks', 'start-up', 'waiting for input', 'held', 'stragglers', 'store and dispatch'];
  const sum = names.reduce((all, name) => all + part(name), 0);
  expect(sum).toBeGreaterThan(96);
  expect(sum).toBeLessThan(104);
  expect(part('stragglers')).toBeGreaterThan(15);
  await expect(page.getByTestId('efficiency')).toHaveText(`${part('tasks')}%`);
});

test('time that a batch was paused for is told as held', async ({ page, folder }) => {
  await start(page, folder, 200, `await new Promise((resolve) => setTimeout(resolve, 40)); return number;`);
  await page.keyboard.press('p');
  await expectState(page, 'paused');
  await expect(page.getByRole('region', { name: 'Efficiency' })).toContainText(/held (under )?\d+%/);
  await expect
    .poll(async () => {
      const text = await page.getByRole('region', { name: 'Efficiency' }).textContent();
      return Number(/held (\d+)%/.exec(text!)?.[1] ?? 0);
    })
    .toBeGreaterThan(20);
  await page.keyboard.press('p');
  await expectState(page, 'completed', 60_000);
  await expect(batchLink(page, /task\.mjs/)).toBeVisible();
});
