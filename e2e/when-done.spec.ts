import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Page } from '@playwright/test';
import { processesOf } from './hosts/child.ts';
import { chooseTaskFile, expectState, giveRange, main, run } from './steps.ts';
import { expect, type Host, test } from './window.ts';

// Workers take their time to start where everything shares few cores.
test.describe.configure({ timeout: 120_000 });

// The commands of other platforms are tested where they are read: `power-commands.test.ts`.
test.skip(process.platform !== 'linux', 'it stands in for systemctl');

/**
 * A host whose first `systemctl` of the path is one that only writes down what it was asked for. The machine's own
 * is never reached.
 */
async function startHere(start: (more: { env: Record<string, string> }) => Promise<Host>, folder: string) {
  const programs = join(folder, 'programs');
  const asked = join(folder, 'asked');
  mkdirSync(programs);
  writeFileSync(join(programs, 'systemctl'), `#!/bin/sh\necho "$@" >> '${asked}'\n`, { mode: 0o755 });
  const host = await start({ env: { PATH: `${programs}${delimiter}${process.env.PATH}` } });
  return { host, page: host.page, asked: () => (existsSync(asked) ? readFileSync(asked, 'utf8') : '') };
}

/** Starts a batch that ends once `go` was called. */
async function runUntil(page: Page, folder: string): Promise<() => void> {
  const gate = join(folder, 'gate');
  const file = join(folder, 'gated.mjs');
  writeFileSync(
    file,
    `import { existsSync } from 'node:fs';
     export default async () => {
       while (!existsSync(${JSON.stringify(gate)})) await new Promise((resolve) => setTimeout(resolve, 20));
     };`,
  );
  await chooseTaskFile(page, file);
  await giveRange(page, 0, 2);
  await run(page, 2);
  await expectState(page, 'running');
  return () => writeFileSync(gate, '');
}

const choice = (page: Page) => main(page).getByLabel('When all are done');
const dialog = (page: Page) => page.getByRole('dialog', { name: 'All batches have ended' });

test('what follows is chosen while batches run, counted down, and stopped with Esc', async ({
  start,
  folder,
}) => {
  const { page, asked } = await startHere(start, folder);
  const end = await runUntil(page, folder);
  await expect(choice(page)).toHaveValue('nothing');
  await choice(page).selectOption('sleep');
  end();
  await expect(dialog(page)).toContainText('This machine will go to sleep');
  await expect(dialog(page)).toContainText(/in 5\d s\./);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await expectState(page, 'completed');
  await expect(choice(page)).toBeHidden();
  expect(asked()).toBe('');
});

test('it can be done at once, by the machine’s own command', async ({ start, folder }) => {
  const { page, asked } = await startHere(start, folder);
  const end = await runUntil(page, folder);
  await choice(page).selectOption('shut-down');
  end();
  await dialog(page).getByRole('button', { name: 'Shut down now' }).click();
  await expect.poll(asked).toBe('poweroff\n');
  await expect(dialog(page)).toBeHidden();
});

test('another window shows the same, and stops it for all', async ({ start, folder, kind }) => {
  test.skip(kind !== 'web', 'the app has one window');
  const { page, asked } = await startHere(start, folder);
  const end = await runUntil(page, folder);
  const second = await page.context().newPage();
  await second.goto(page.url());
  await choice(page).selectOption('sleep');
  await expect(choice(second)).toHaveValue('sleep');
  end();
  await expect(dialog(page)).toBeVisible();
  await dialog(second).getByRole('button', { name: 'Stop' }).click();
  await expect(dialog(page)).toBeHidden();
  expect(asked()).toBe('');
});

test('Poolboard quits', async ({ start, folder, dataDir, complaints, kind }) => {
  test.skip(kind === 'electron', 'Playwright takes the end of the app for the end of the test');
  const { page } = await startHere(start, folder);
  const end = await runUntil(page, folder);
  await choice(page).selectOption('quit');
  end();
  await dialog(page).getByRole('button', { name: 'Quit now' }).click();
  await expect.poll(() => processesOf(dataDir), { timeout: 30_000 }).toEqual([]);
  // The page of the browser has lost its host, and says so.
  complaints.length = 0;
});

test('a notification is enough: nothing is counted down', async ({ start, folder }) => {
  const { page } = await startHere(start, folder);
  const end = await runUntil(page, folder);
  await choice(page).selectOption('notify');
  end();
  await expect(page.getByRole('status').filter({ hasText: 'The batch has ended, 0 failed.' })).toBeVisible();
  await expect(dialog(page)).toBeHidden();
});
