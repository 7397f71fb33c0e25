import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { chooseTaskFile, expectState, giveRange, nameTaskFile, panel, rowOf, run } from './steps.ts';
import { expect, test } from './window.ts';

const sizes = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
];

/** Takes a picture for people to look at, and checks what can be checked of it. */
async function look(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `test-results/screens/${name}.png`, animations: 'disabled' });
  const overflow = await page.evaluate(() => ({
    across: document.documentElement.scrollWidth - innerWidth,
    down: document.documentElement.scrollHeight - innerHeight,
  }));
  expect(overflow, `${name}: the window itself does not scroll`).toEqual({ across: 0, down: 0 });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing falls out of the window at its sizes, ${colorScheme}`, async ({ page, folder, kind }) => {
    await page.emulateMedia({ colorScheme });
    const file = join(folder, 'resize.mjs');
    writeFileSync(
      file,
      `export default async (number, ctx) => {
        console.log('reading picture', number);
        ctx.progress(0.4, 'resizing');
        if (number % 9 === 4) {
          throw new RangeError('picture ' + number + ' is truncated', { cause: new Error('unexpected end of file') });
        }
        await new Promise((resolve) => setTimeout(resolve, number > 60 ? 300 : 5));
        return { width: 640, height: 480 };
      };`,
    );
    for (const size of sizes) {
      const name = `${kind}-${size.width}x${size.height}-${colorScheme}`;
      await page.setViewportSize(size);
      await page.getByRole('link', { name: /^New batch/ }).click();
      await giveRange(page, 0, 80);
      // A file that was allowed once is not asked about again.
      await (size === sizes[0] ? chooseTaskFile : nameTaskFile)(page, file);
      await expect(page.getByRole('button', { name: 'Run 80 tasks' })).toBeEnabled();
      await look(page, `new-${name}`);

      await run(page, 80);
      await expectState(page, 'running');
      await rowOf(page, 4).click();
      await expect(panel(page)).toContainText('unexpected end of file');
      await look(page, `board-${name}`);
      await page.keyboard.press('Escape');
      await expectState(page, 'completed', 60_000);
      await look(page, `done-${name}`);
    }
  });
}
