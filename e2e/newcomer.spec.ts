import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator } from '@playwright/test';
import { expectState, main, runButton } from './steps.ts';
import { test } from './window.ts';

const mostClicks = 6;

/** Clicks, and counts each of them: a path that needs too many fails where it does. */
function counter(): { click: (place: Locator) => Promise<void>; clicks: () => number } {
  let clicks = 0;
  return {
    async click(place) {
      clicks += 1;
      expect(clicks, `clicks, the last of them on ${place}`).toBeLessThanOrEqual(mostClicks);
      await place.click();
    },
    clicks: () => clicks,
  };
}

test('from a first start to an exported result in one drop and at most six clicks', async ({
  page,
  host,
  drop,
  folder,
}) => {
  const files = join(folder, 'poems');
  mkdirSync(files);
  for (const name of ['autumn', 'spring', 'winter']) {
    writeFileSync(join(files, `${name}.txt`), `${name} came\nand went\n`);
  }
  const { click, clicks } = counter();

  // Nothing is chosen and nothing was run before: the data folder is empty.
  await drop([files]);
  await click(page.getByRole('group', { name: 'Do this' }).getByText('Built-in', { exact: true }));
  await click(page.getByText('text-stats', { exact: true }));
  await expect(runButton(page)).toHaveText(/Run 3 tasks/);
  await click(runButton(page));
  await expectState(page, 'completed');

  const file = join(folder, 'results.csv');
  await host.exportTo(file, async () => {
    await click(main(page).getByRole('button', { name: 'Export' }));
    await click(page.getByRole('menuitem', { name: /^All 3 .* as CSV$/ }));
  });
  const [names, ...rows] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  expect(names).toMatch(/input/);
  expect(rows).toHaveLength(3);
  for (const row of rows) expect(row).toMatch(/(autumn|spring|winter)\.txt/);
  expect(clicks()).toBeLessThanOrEqual(mostClicks);
});

test('from a first start to the exported results of the sample in three clicks', async ({
  page,
  host,
  folder,
}) => {
  test.slow();
  const { click, clicks } = counter();
  await click(page.getByRole('button', { name: 'Run Count primes' }));
  await expectState(page, 'completed', 90_000);
  const file = join(folder, 'primes.csv');
  await host.exportTo(file, async () => {
    await click(main(page).getByRole('button', { name: 'Export' }));
    await click(page.getByRole('menuitem', { name: /^All 60 .* as CSV$/ }));
  });
  expect(readFileSync(file, 'utf8').trim().split(/\r?\n/).length).toBeGreaterThanOrEqual(61);
  expect(clicks()).toBe(3);
});
