/** Takes the pictures of the README and of docs/ from the web host: `npm run build && npm run screenshots`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import { chromiumPath, chromiumSwitches } from '../e2e/chromium.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), 'poolboard-pictures-'));
// A path that says nothing of the machine: pictures show it.
const taskFile = join(dataDir, 'resize.js');
const host = spawnHost();
/** A busy machine takes its time. */
const timeout = 120_000;

function spawnHost() {
  const cli = join(root, 'out', 'main', 'cli.js');
  return spawn(
    process.execPath,
    [cli, 'serve', '--no-open', '--port', '0', '--data-dir', join(dataDir, 'data')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
}

/** Photos that are made small: some are truncated, one takes its worker along, the second version is slower. */
const task = (version: number) => `
const cameras = ['Fuji X100', 'Canon R6', 'Pixel 8'];
export const meta = { summary: 'Makes photos small.', takes: 'number' };
export default async (n, ctx) => {
  console.log('reading IMG_' + (2000 + n) + '.jpg');
  if (n % 29 === 3) console.log('\\x1b[33mno colour profile, taking sRGB\\x1b[0m');
  await new Promise((done) => setTimeout(done, 20 + (n * 37) % 60${version === 2 ? ' + (n % 50 === 9 ? 1500 : 0)' : ''}));
  if (n % 41 === ${version === 2 ? 11 : 12}) throw new RangeError('IMG_' + (2000 + n) + '.jpg is truncated at byte ' + n * 917);
  if (n % 97 === 50) throw new TypeError('IMG_' + (2000 + n) + '.jpg has no pixels');
  if (n === 333) process.exit(3);
  console.log('\\x1b[32mwrote\\x1b[0m small/IMG_' + (2000 + n) + '.jpg');
  return { camera: cameras[n % 3], width: 640, height: n % 4 ? 427 : 960, bytes: 20000 + (n * 7919) % 90000, flash: n % 7 === 0 };
};
`;

/** The same place in both themes. */
async function take(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // Canvases are drawn anew in the colours of the theme.
    await page.waitForTimeout(700);
    const picture = await page.screenshot({ animations: 'disabled' });
    // A palette is enough for a window, and a third of the size.
    await sharp(picture)
      .png({ palette: true, effort: 10 })
      .toFile(join(root, 'docs', `${name}-${colorScheme}.png`));
  }
}

const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();

async function giveRange(page: Page, to: number): Promise<void> {
  const inputs = page.getByRole('region', { name: 'These inputs' });
  await inputs.getByText('Range', { exact: true }).click();
  await inputs.getByLabel('to', { exact: true }).fill(String(to));
}

async function nameTask(page: Page, version: number): Promise<void> {
  writeFileSync(taskFile, task(version));
  await page.getByRole('group', { name: 'Do this' }).getByText('Task file', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Task file' }).fill(taskFile);
  await page.getByRole('button', { name: 'Let it run' }).click({ timeout });
}

async function newBatch(page: Page): Promise<void> {
  await giveRange(page, 4213);
  await page.getByRole('group', { name: 'Do this' }).getByText('Built-in', { exact: true }).click();
  await page.getByRole('radio', { name: /^primes / }).check();
  await page.getByRole('button', { name: 'Run 4,213 tasks' }).waitFor({ timeout });
  await take(page, 'new-batch');
}

async function run(page: Page, tasks: number): Promise<void> {
  await page.getByRole('button', { name: `Run ${tasks.toLocaleString('en-US')} tasks` }).click({ timeout });
  await page.getByRole('tab', { name: /^Tasks/ }).waitFor({ timeout });
}

async function completed(page: Page): Promise<void> {
  await page.getByRole('main').getByText('completed', { exact: true }).first().waitFor({ timeout });
}

async function board(page: Page): Promise<void> {
  // Half way, so that the picture shows a batch that runs.
  await page
    .getByTestId('done-of-total')
    .getByText(/^\s*3\d\d/)
    .waitFor({ timeout });
  await take(page, 'board');
  await completed(page);
  await page.getByRole('button', { name: /^Failed [1-9]/ }).click();
  await page.locator('.task-row[data-index="12"]').click({ timeout });
  const panel = page.getByRole('complementary', { name: /^Task / });
  await panel.getByText('RangeError').first().waitFor();
  // The stack names folders of the machine that takes the picture.
  await panel.getByText('Stack', { exact: true }).click();
  await take(page, 'task');
  await page.keyboard.press('Escape');
}

async function takeAll(address: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumSwitches] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
  page.setDefaultTimeout(timeout);
  await page.goto(address);
  await newBatch(page);
  await giveRange(page, 800);
  await nameTask(page, 1);
  await run(page, 800);
  await board(page);
  for (const name of ['Timeline', 'Charts', 'Errors', 'Results', 'Log']) {
    await tab(page, name);
    await page.getByRole('tabpanel').waitFor();
    // What is read and drawn after the tab has opened.
    await page.waitForTimeout(3000);
    await take(page, name.toLowerCase());
  }
  await compare(page);
  await browser.close();
}

async function compare(page: Page): Promise<void> {
  await tab(page, 'Tasks');
  await page.locator('body').press('d');
  await page.getByRole('heading', { name: 'New batch' }).waitFor();
  writeFileSync(taskFile, task(2));
  await page.reload();
  await page.getByRole('link', { name: /^New batch/ }).click();
  await giveRange(page, 800);
  await nameTask(page, 2);
  await run(page, 800);
  await completed(page);
  await page.locator('body').press('c');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /resize/ })
    .first()
    .click();
  await page.getByText(/inputs are in both/).waitFor();
  await page.waitForTimeout(1000);
  await take(page, 'compare');
}

try {
  const [line] = (await once(host.stdout, 'data')) as [Buffer];
  await takeAll(line.toString().trim());
} finally {
  host.kill('SIGINT');
  await once(host, 'exit');
  rmSync(dataDir, { recursive: true, force: true });
}
