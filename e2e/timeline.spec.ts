import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { chooseTaskFile, expectState, giveRange, main, openOptions, panel, run } from './steps.ts';
import { expect, test } from './window.ts';

/* What each worker did when: a lane for each, zoomed, walked through with keys, opened, and taken away. */

const lanes = (page: Page): Locator => page.getByRole('application', { name: 'Timeline of the workers' });
const shownRange = (page: Page): Locator => page.getByTestId('timeline-range');

/** Runs `tasks` of 20 ms, of which number 5 fails, and shows their timeline. */
async function runAndShow(page: Page, folder: string, tasks: number): Promise<void> {
  const file = join(folder, 'task.mjs');
  writeFileSync(
    file,
    `export default async (number) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (number === 5) throw new Error('broken');
      return number;
    };`,
  );
  await giveRange(page, 0, tasks);
  await chooseTaskFile(page, file);
  const options = await openOptions(page, true);
  await options.getByLabel('Chunk size').fill('1');
  await run(page, tasks);
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expectState(page, 'completed');
}

/** Which colours a canvas has, by their nearest state; the share of its pixels that have them. */
function coloursOf(page: Page): Promise<{ succeeded: number; failed: number }> {
  return lanes(page)
    .locator('canvas')
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const probe = document.createElement('canvas').getContext('2d')!;
      const rgb = (token: string) => {
        probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(token).trim();
        probe.fillRect(0, 0, 1, 1);
        return [...probe.getImageData(0, 0, 1, 1).data];
      };
      const [succeeded, failed] = [rgb('--succeeded-fill'), rgb('--failed-fill')];
      const found = { succeeded: 0, failed: 0 };
      for (let i = 0; i < data.length; i += 4) {
        const is = (colour: number[]) => colour.every((value, part) => Math.abs(data[i + part]! - value) < 3);
        if (is(succeeded)) found.succeeded += 1;
        else if (is(failed)) found.failed += 1;
      }
      return found;
    });
}

test('each worker has a lane, failures are red, and the same is said in words', async ({ page, folder }) => {
  await runAndShow(page, folder, 60);
  await expect(main(page)).toContainText(/2 workers, \d+% busy/);
  await expect(main(page)).toContainText('1 failed');
  await expect(lanes(page)).toHaveAccessibleDescription(/2 workers, \d+% busy .* 1 failed/);
  await expect.poll(async () => (await coloursOf(page)).succeeded).toBeGreaterThan(1000);
  expect((await coloursOf(page)).failed).toBeGreaterThan(20);
  await expectAccessible(page, 'timeline');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(async () => (await coloursOf(page)).failed).toBeGreaterThan(20);
});

test('by keys alone one zooms in, goes from task to task and opens one', async ({ page, folder }) => {
  await runAndShow(page, folder, 60);
  await expect(main(page)).toContainText('1 failed');
  const whole = (await shownRange(page).textContent())!;
  await lanes(page).focus();
  await page.keyboard.press('+');
  await expect(shownRange(page)).not.toHaveText(whole);
  await page.keyboard.press('0');
  await expect(shownRange(page)).toHaveText(whole);

  const tip = page.getByRole('status').filter({ hasText: /^Task / });
  await page.keyboard.press('.');
  await expect(tip).toBeVisible();
  const first = (await tip.locator('b').textContent())!;
  await page.keyboard.press('.');
  await expect(tip.locator('b')).not.toHaveText(first);
  const second = (await tip.locator('b').textContent())!;
  await page.keyboard.press(',');
  await expect(tip.locator('b')).toHaveText(first);
  await page.keyboard.press('.');
  await expect(tip.locator('b')).toHaveText(second);
  await page.keyboard.press('Enter');
  await expect(panel(page)).toContainText(second);
  await page.keyboard.press('Escape');
  await expect(panel(page)).toBeHidden();
  await expect(lanes(page)).toBeFocused();
});

test('the wheel zooms to the pointer, dragging moves, and a click opens the task', async ({
  page,
  folder,
}) => {
  await runAndShow(page, folder, 60);
  await expect(main(page)).toContainText('1 failed');
  const whole = (await shownRange(page).textContent())!;
  let box = (await lanes(page).boundingBox())!;
  // The lanes may still be finding their size when the wheel turns.
  await expect(async () => {
    box = (await lanes(page).boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.7, box.y + 46);
    await page.mouse.wheel(0, -900);
    await expect(shownRange(page)).not.toHaveText(whole, { timeout: 2000 });
  }).toPass();
  const zoomed = (await shownRange(page).textContent())!;
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.4, box.y + 46, { steps: 5 });
  await page.mouse.up();
  await expect(shownRange(page)).not.toHaveText(zoomed);
  await expect(panel(page)).toBeHidden();

  // Somewhere along a busy lane there is a task.
  await expect
    .poll(async () => {
      await page.mouse.move(box.x + 200 + Math.random() * (box.width - 260), box.y + 46);
      return page
        .getByText(/ms from .*, worker 1/)
        .waitFor({ timeout: 600 })
        .then(
          () => true,
          () => false,
        );
    })
    .toBe(true);
  await page.mouse.down();
  await page.mouse.up();
  await expect(panel(page)).toBeVisible();
  await expect(panel(page).getByRole('row', { name: /^1 (ok|error)/ })).toBeVisible();

  // The panel goes on along the worker's lane, wherever the pointer is.
  const heading = panel(page).getByRole('heading', { name: /^Task \d/ });
  const opened = (await heading.textContent())!;
  await panel(page).getByRole('button', { name: 'Next task' }).click();
  await expect(heading).not.toHaveText(opened);
  await panel(page).getByRole('button', { name: 'Previous task' }).click();
  await expect(heading).toHaveText(opened);
});

test('while a batch runs its timeline follows it, and shows what runs', async ({ page, folder }) => {
  const file = join(folder, 'slow.mjs');
  writeFileSync(file, `export default () => new Promise((resolve) => setTimeout(resolve, 600_000));`);
  await giveRange(page, 0, 4);
  await chooseTaskFile(page, file);
  await run(page, 4);
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(main(page)).toContainText(/2 workers, \d+% busy/);
  const follow = page.getByRole('button', { name: 'Follow' });
  await expect(follow).toHaveAttribute('aria-pressed', 'true');
  const before = (await shownRange(page).textContent())!;
  await expect(shownRange(page)).not.toHaveText(before);
  // The pointer rests: what runs comes to it.
  const box = (await lanes(page).boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.9, box.y + 46);
  await expect(lanes(page)).toContainText('running');
  await follow.click();
  await expect(follow).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel 4 tasks' }).click();
  await expectState(page, 'canceled');
});

test('all attempts are exported as a trace', async ({ page, folder, host }) => {
  await runAndShow(page, folder, 30);
  const file = join(folder, 'trace.json');
  await host.exportTo(file, () => page.getByRole('button', { name: 'Export trace' }).click());
  const trace = JSON.parse(readFileSync(file, 'utf8')) as {
    traceEvents: { ph: string; args: { task?: number } }[];
  };
  const tasks = trace.traceEvents.filter(({ ph }) => ph === 'X').map(({ args }) => args.task!);
  expect(tasks.toSorted((a, b) => a - b)).toEqual([...Array(30).keys()]);
});

test('under the tasks lies the timeline of the whole batch, and leads to it', async ({ page, folder }) => {
  await runAndShow(page, folder, 20);
  await page.getByRole('tab', { name: /^Tasks/ }).click();
  await page.getByRole('link', { name: /^Open the timeline: 2 workers, \d+% busy/ }).click();
  await expect(page.getByRole('tab', { name: 'Timeline' })).toHaveAttribute('aria-selected', 'true');
  await expect(lanes(page)).toBeVisible();
});
