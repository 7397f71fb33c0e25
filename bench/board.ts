import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { chromiumPath, chromiumSwitches } from '../e2e/chromium.ts';
import type { BatchSummary } from '../src/shared/batch.ts';
import { type BoardHost, startHost } from './board-host.ts';
import { type Act, timeOf, type Watched, watchPage } from './board-page.ts';

/** What the window costs, and how fast it is, with a million tasks; see README.md. */
const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    tab: { type: 'string', default: 'tasks' },
  },
});
const tasks = Number(values.tasks);
const rounds = Number(values.rounds);
const ways = ['open', 'closed', 'watched'] as const;

const folder = mkdtempSync(join(tmpdir(), 'poolboard-board-'));
const square = fileURLToPath(new URL('../examples/tasks/square.js', import.meta.url));
const host = await startHost(join(folder, 'data'));
const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...chromiumSwitches] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
  await page.goto(host.address);
  const origin = new URL(host.address).origin;
  print(`${tasks.toLocaleString('en')} tasks a batch, load before: ${load()}`);
  await host.run(square, 10_000);
  await running(host, page, origin);
  await rowsOnScreen(host, page, origin);
  print(`load after: ${load()}`);
} finally {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true });
}

/**
 * The same batch with the board open, with no window, and with the board open and its frames counted, by turns:
 * counting makes Chromium draw sixty frames a second also where nothing has changed.
 */
async function running({ run }: BoardHost, page: Page, origin: string): Promise<void> {
  const rates = { open: [] as number[], closed: [] as number[], watched: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const way of [...ways.slice(round % 3), ...ways.slice(0, round % 3)]) {
      const before = load();
      // From elsewhere, for another fragment alone loads nothing anew.
      await page.goto('about:blank');
      if (way !== 'closed') {
        await page.goto(`${origin}/#/new`);
        await page.getByRole('heading', { name: 'New batch' }).waitFor();
      }
      const stop = way === 'watched' ? await watchPage(page) : null;
      const summary = await run(square, tasks, (id) => {
        if (way !== 'closed') void open(page, id);
      });
      const rate = rateOf(summary);
      rates[way].push(rate);
      const seen = stop ? `; ${frames(await stop())}` : '';
      print(`${way}: ${thousands(rate)} tasks a second, load ${before}${seen}`);
    }
  }
  const [opened, closed] = [median(rates.open), median(rates.closed)];
  const percent = ((100 * opened) / closed).toFixed(1);
  print(`median: open ${thousands(opened)}, closed ${thousands(closed)}, so ${percent}% of it`);
}

function open(page: Page, id: number): Promise<void> {
  const tab = values.tab === 'tasks' ? '' : `/${values.tab}`;
  return page.evaluate((hash) => {
    location.hash = hash;
  }, `#/batch/${id}${tab}`);
}

/** How long it takes until the right rows are on screen. */
async function rowsOnScreen({ run }: BoardHost, page: Page, origin: string): Promise<void> {
  const file = join(folder, 'sevens.js');
  writeFileSync(
    file,
    `export default (x) => {
      if (x % 1000 === 7) throw new Error('ends in seven');
      return x * x;
    };\n`,
  );
  const { id } = await run(file, tasks);
  const last = tasks - 1;
  const rare = String(last - 2);
  const firstRare = firstWith(rare);
  const acts: Act[] = [
    { name: 'to the last row', scrollTo: 1, row: last },
    { name: 'to the first row', scrollTo: 0, row: 0, first: true },
    ...[0.1, 0.7, 0.3, 0.9, 0.5].map((share) => ({ name: `to ${100 * share}%`, scrollTo: share })),
    { name: 'filter: failed', click: 'Failed', row: 7, first: true },
    { name: 'to the last that failed', scrollTo: 1, row: last - ((last - 7) % 1000) },
    { name: 'filter: succeeded', click: 'Succeeded', row: 0, first: true },
    { name: 'to the last that succeeded', scrollTo: 1, row: last },
    { name: 'filter: all', click: 'All', row: 0, first: true },
    { name: 'search: 99', search: '99', row: firstWith('99'), first: true },
    { name: `search: ${rare} (few have it)`, search: rare, row: firstRare, first: true },
    { name: 'search: nothing', search: '', row: 0, first: true },
    { name: 'sort by time', click: 'Time' },
    { name: 'to the middle of it', scrollTo: 0.5 },
    { name: 'sort by time, descending', click: 'Time' },
    { name: 'sort by worker', click: 'Worker' },
    { name: 'to the middle of it', scrollTo: 0.5 },
    { name: 'sort by input', click: 'Input', row: 0, first: true },
    { name: 'sort by input, descending', click: 'Input', row: last, first: true },
    { name: 'to the last of it', scrollTo: 1, row: 0 },
  ];
  await page.goto(`${origin}/#/batch/${id}`);
  await page.locator('.task-row[data-index="0"]').waitFor();
  const stop = await watchPage(page);
  for (const act of acts) {
    const ms = await timeOf(page, act);
    print(`${act.name}: ${ms < 0 ? 'never' : `${ms.toFixed(0)} ms`}${ms > 300 ? `, load ${load()}` : ''}`);
  }
  print(`meanwhile: ${frames(await stop())}`);
}

/** The first task whose number or square holds these digits. */
function firstWith(digits: string): number {
  for (let x = 0; x < tasks; x++) {
    if (String(x).includes(digits) || (x % 1000 !== 7 && String(x * x).includes(digits))) return x;
  }
  return -1;
}

function rateOf({ total, startedAt, endedAt }: BatchSummary): number {
  return total / ((endedAt! - startedAt!) / 1000);
}

function frames({ frames, p50, p95, worst, longTasks, longest, heap }: Watched): string {
  const ms = (time: number) => `${time.toFixed(0)} ms`;
  return (
    `${frames} frames of ${ms(p50)} (p95 ${ms(p95)}, worst ${ms(worst)}), ` +
    `${longTasks} long tasks (longest ${ms(longest)}), heap ${Math.round(heap / 1e6)} MB`
  );
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function thousands(rate: number): string {
  return Math.round(rate).toLocaleString('en');
}

function load(): string {
  return loadavg()[0]!.toFixed(1);
}

function print(line: string): void {
  console.log(line);
}
