import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { enumerate } from '../src/engine/inputs/enumerate.ts';
import { chooseExport, chooseTaskFile, expectState, giveRange, main, openNewBatch, run } from './steps.ts';
import { asElectron, expect, test } from './window.ts';

interface Row {
  index: number;
  n: number;
  text: string;
  at: string;
}

const formula = '=HYPERLINK("https://evil.test")';

async function runRows(page: Page, folder: string, count: number): Promise<void> {
  const file = join(folder, 'rows.mjs');
  writeFileSync(
    file,
    `export default (number) => {
      if (number === 4) throw new Error('<b>four</b>');
      return {
        n: number / 2,
        text: number === 1 ? ${JSON.stringify(formula)} : 'row ' + number,
        at: new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString(),
      };
    };`,
  );
  await openNewBatch(page);
  await giveRange(page, 0, count);
  await chooseTaskFile(page, file);
  await run(page, count);
  await expectState(page, 'completed', 120_000);
}

async function workbook(file: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const block of enumerate({ kind: 'rows', file }, { warn: () => {} })) {
    rows.push(...block.inputs.split('\n').map((text) => JSON.parse(text) as Row));
  }
  return rows;
}

test('all tasks as Parquet, as a workbook and for Excel come back with their types', async ({
  host,
  page,
  folder,
}) => {
  await runRows(page, folder, 1000);
  const exported = async (format: string, name: string) => {
    const file = join(folder, name);
    await host.exportTo(file, () => chooseExport(page, /^All/, format));
    await expect.poll(() => existsSync(file)).toBe(true);
    return file;
  };

  const parquet = await parquetReadObjects({
    file: await asyncBufferFromFile(await exported('Parquet', 'all.parquet')),
  });
  expect(parquet).toHaveLength(1000);
  expect(parquet[3]).toMatchObject({
    index: 3n,
    n: 1.5,
    text: 'row 3',
    at: new Date('2026-01-01T00:00:03Z'),
  });
  expect(parquet[4]).toMatchObject({ status: 'failed', n: null, error: 'Error: <b>four</b>' });

  const sheet = await workbook(await exported('Excel workbook', 'all.xlsx'));
  expect(sheet).toHaveLength(1000);
  expect(sheet[1]).toMatchObject({ index: 1, n: 0.5, text: formula });

  const csv = readFileSync(await exported('CSV for Excel', 'all.csv'), 'utf8');
  expect(csv.startsWith('\ufeffindex,input,status,')).toBe(true);
  expect(parse(csv, { bom: true, columns: true })).toHaveLength(1000);
});

test('the results tab is exported as it is shown', async ({ host, page, folder }) => {
  await runRows(page, folder, 50);
  await page.getByRole('tab', { name: /^Results/ }).click();
  const grid = page.getByRole('grid', { name: /^Results of/ });
  await grid.getByRole('button', { name: 'Sort, filter and summary of n' }).click();
  await page.getByRole('textbox', { name: 'Value' }).fill('22.4');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await expect(main(page).getByText('5 of 49 results')).toBeVisible();
  await grid.getByRole('button', { name: 'n', exact: true }).click();
  await grid.getByRole('button', { name: 'n', exact: true }).click();
  await expect(grid.getByRole('columnheader', { name: /^n/ })).toHaveAttribute('aria-sort', 'descending');
  await page.getByRole('button', { name: /of \d+ columns/ }).click();
  await page.getByRole('checkbox', { name: /^Input/ }).uncheck();
  await page.keyboard.press('Escape');

  const file = join(folder, 'shown.csv');
  await host.exportTo(file, () => chooseExport(page, /^5 results as shown/, 'CSV'));
  await expect.poll(() => existsSync(file)).toBe(true);
  const rows = parse(readFileSync(file, 'utf8')) as string[][];
  expect(rows[0]).toEqual(['index', 'n', 'text', 'at']);
  expect(rows.slice(1).map((row) => row[1])).toEqual(['24.5', '24', '23.5', '23', '22.5']);
});

test('a report is read without scripts and without a network, and runs nothing that a task wrote', async ({
  host,
  page,
  folder,
  sharedBrowser,
}) => {
  await runRows(page, folder, 300);
  const file = join(folder, 'report.html');
  await host.exportTo(file, () => chooseExport(page, /^All/, 'Report'));
  await expect.poll(() => existsSync(file)).toBe(true);

  const context = await (await sharedBrowser()).newContext({ javaScriptEnabled: false, offline: true });
  const report = await context.newPage();
  const complaints: string[] = [];
  report.on('console', (message) => complaints.push(message.text()));
  await report.goto(`file://${file}`);
  for (const title of ['Summary', 'Errors', 'Timeline', 'Charts', 'Results']) {
    await expect(report.getByRole('heading', { name: title, exact: true })).toBeVisible();
  }
  await expect(report.getByText('299 succeeded')).toBeVisible();
  await expect(report.getByText('<b>four</b>').first()).toBeVisible();
  await expect(report.getByText('The first 200 of 300.')).toBeVisible();
  await expect(report.getByRole('cell', { name: formula })).toBeVisible();
  expect(complaints).toEqual([]);
  await context.close();
});

test('a long export shows how far it is; canceled, it leaves nothing', async ({
  host,
  page,
  folder,
  dataDir,
  kind,
}) => {
  test.setTimeout(180_000);
  await runRows(page, folder, 200_000);
  const target = join(folder, 'canceled.xlsx');
  if (kind !== 'web') {
    await asElectron(host).evaluate(({ dialog }, filePath) => {
      Object.assign(dialog, { showSaveDialog: async () => ({ canceled: false, filePath }) });
    }, target);
  }
  await chooseExport(page, /^All/, 'Excel workbook');
  const progress = page.getByRole('group', { name: 'Exporting: Excel workbook' });
  await expect(progress).toContainText(/[\d,]+ of 200,000 rows/, { timeout: 60_000 });
  await progress.getByRole('button', { name: 'Cancel' }).click();
  await expect(progress).toHaveCount(0);
  expect(existsSync(target)).toBe(false);
  const left = [folder, join(dataDir, 'exports')].flatMap((each) =>
    existsSync(each) ? readdirSync(each) : [],
  );
  expect(left.filter((name) => /xlsx|tmp/.test(name))).toEqual([]);

  // The window lives on, and the next export is whole.
  const file = join(folder, 'all.jsonl');
  await host.exportTo(file, () => chooseExport(page, /^All/, 'JSON lines'));
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8').split('\n').length).toBe(200_001);
});
