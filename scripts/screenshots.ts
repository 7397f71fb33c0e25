/** Takes the pictures of the README and of docs/ from the web host: `npm run build && npm run screenshots`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { chromiumPath, chromiumSwitches } from '../e2e/chromium.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), 'poolboard-pictures-'));
const cli = join(root, 'out', 'main', 'cli.js');
const host = spawn(process.execPath, [cli, 'serve', '--no-open', '--port', '0', '--data-dir', dataDir], {
  stdio: ['ignore', 'pipe', 'inherit'],
});

/** One picture of a theme and a state of the window. */
async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(root, 'docs', `${name}.png`), animations: 'disabled' });
}

async function takeAll(address: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumSwitches] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
  await page.goto(address);
  await page.getByRole('button', { name: 'Run Count primes' }).click();
  // Half way, so that the picture shows a batch that runs.
  await page.getByRole('progressbar').first().waitFor();
  await page
    .getByTestId('done-of-total')
    .getByText(/2[0-9]\s*\/\s*60/)
    .waitFor({ timeout: 120_000 });
  await take(page, 'board-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await take(page, 'board-dark');
  await page.getByRole('button', { name: /^Failed [1-9]/ }).waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: /^Failed [1-9]/ }).click();
  await page.getByRole('gridcell').first().click();
  await page.keyboard.press('Enter');
  await page
    .getByRole('complementary', { name: /^Task / })
    .getByText('RangeError')
    .first()
    .waitFor();
  // The stack names folders of the machine that takes the picture.
  await page.getByText('Stack', { exact: true }).click();
  await take(page, 'task-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await take(page, 'task-light');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: /^New batch/ }).click();
  // A range, for files would show where the project lies on the machine that takes the picture.
  const inputs = page.getByRole('region', { name: 'These inputs' });
  await inputs.getByText('Range', { exact: true }).click();
  await inputs.getByLabel('to', { exact: true }).fill('4213');
  await page.getByRole('radio', { name: /^primes / }).check();
  await page.getByRole('button', { name: 'Run 4,213 tasks' }).waitFor();
  await take(page, 'new-batch-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await take(page, 'new-batch-dark');
  await browser.close();
}

try {
  const [line] = (await once(host.stdout, 'data')) as [Buffer];
  await takeAll(line.toString().trim());
} finally {
  host.kill('SIGINT');
  await once(host, 'exit');
  rmSync(dataDir, { recursive: true, force: true });
}
