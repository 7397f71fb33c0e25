import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import {
  chooseBuiltin,
  chooseExport,
  chooseTaskFile,
  count,
  expectState,
  filter,
  rowOf,
  rows,
  run,
} from './steps.ts';
import { expect, test } from './window.ts';

/** Names that have broken programs before; all can be dropped on every window. */
const hostile = [
  'plain.txt',
  'with space.txt',
  "it's.txt",
  'say "hi".txt',
  '$(touch pwned).txt',
  '`id`; rm -rf ~.txt',
  '-rf',
  '--help',
  'comma, semi;colon.txt',
  'new\nline.txt',
  'tab\there.txt',
  'percent %41 %.txt',
  'hash#mark?.txt',
  'emoji 🐈‍⬛.txt',
  'décomposé e\u0301.txt',
  '日本語.txt',
  '=1+1.txt',
  'back\\slash.txt',
];

interface Truth {
  name: string;
  digest: string;
  bytes: number;
}

/** Writes the files; what their checksums are is computed here, apart from Poolboard. */
function writeFiles(folder: string, names: string[]): Truth[] {
  mkdirSync(folder, { recursive: true });
  return names.map((name, index) => {
    const content = Buffer.from(`${name} `.repeat(index * 50));
    writeFileSync(join(folder, name), content);
    return {
      name,
      digest: createHash('sha256').update(content).digest('hex'),
      bytes: content.length,
    };
  });
}

const byName = <T extends { name: string }>(list: T[]): T[] =>
  list.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

test.describe('files that are dropped', () => {
  test('are hashed, each of them right, whatever their names, and exported in every format', async ({
    page,
    host,
    drop,
    folder,
  }) => {
    const truth = byName(writeFiles(join(folder, 'dropped'), hostile));
    await drop([join(folder, 'dropped')]);
    await chooseBuiltin(page, 'hash');
    await run(page, hostile.length);
    await expectState(page, 'completed');
    expect(await count(page, 'Succeeded')).toBe(hostile.length);

    const exported = async (format: string, extension: string) => {
      const file = join(folder, `results.${extension}`);
      await host.exportTo(file, () => chooseExport(page, /^All/, format));
      return readFileSync(file, 'utf8');
    };
    interface Row {
      index: number | string;
      input: string;
      status: string;
      value: { algorithm: string; digest: string; bytes: number };
    }
    const facts = (list: Row[]) =>
      byName(
        list.map(({ input, value }) => ({
          name: basename(input),
          digest: value.digest,
          bytes: value.bytes,
        })),
      );

    const json = JSON.parse(await exported('JSON', 'json')) as Row[];
    expect(facts(json)).toEqual(truth);
    expect(json.map((row) => row.index)).toEqual(hostile.map((_, index) => index));

    const lines = (await exported('JSON lines', 'jsonl')).trimEnd().split('\n');
    expect(facts(lines.map((line) => JSON.parse(line)))).toEqual(truth);

    const csv = parse(await exported('CSV', 'csv'), { columns: true }) as (Omit<Row, 'value'> & {
      value: string;
    })[];
    expect(facts(csv.map((row) => ({ ...row, value: JSON.parse(row.value) })))).toEqual(truth);
    expect(new Set(csv.map((row) => row.status))).toEqual(new Set(['succeeded']));
  });

  test('can be several files and folders in one drop', async ({ page, drop, folder }) => {
    writeFiles(join(folder, 'a/deep/er'), ['1.txt', '2.txt']);
    writeFiles(join(folder, 'b'), ['3.txt', '4.txt']);
    writeFiles(folder, ['5.txt', '6.txt']);
    await drop([join(folder, 'a'), join(folder, 'b'), join(folder, '5.txt'), join(folder, '6.txt')]);
    await chooseBuiltin(page, 'text-stats');
    await run(page, 6);
    await expectState(page, 'completed');
    expect(await count(page, 'Succeeded')).toBe(6);
  });

  test('are shown as the task will see them before they run', async ({ page, drop, folder }) => {
    writeFiles(join(folder, 'four'), ['a.txt', 'b.txt', 'c.txt', 'd.txt']);
    await drop([join(folder, 'four')]);
    const inputs = page.getByRole('region', { name: 'These inputs' });
    await expect(inputs).toContainText('4 files');
    await expect(inputs).toContainText(/a\.txt/);
    await expect(page.getByRole('button', { name: /^Run/ }).last()).toBeDisabled();
    await chooseBuiltin(page, 'hash');
    await expect(page.getByRole('button', { name: 'Run 4 tasks' })).toBeEnabled();
  });
});

test('files that are picked in the host’s dialog are hashed', async ({ page, host, folder }) => {
  const [one, two] = writeFiles(folder, ['one.txt', 'two.txt']);
  await host.pick([join(folder, 'one.txt'), join(folder, 'two.txt')], () =>
    page.getByRole('button', { name: 'Pick files' }).click(),
  );
  await chooseBuiltin(page, 'hash');
  await run(page, 2);
  await expectState(page, 'completed');
  await expect(rows(page).filter({ hasText: 'one.txt' })).toContainText(one!.digest.slice(0, 12));
  await expect(rows(page).filter({ hasText: 'two.txt' })).toContainText(two!.digest.slice(0, 12));
});

test('a path that names nothing is said beside the inputs, and nothing can be run', async ({
  page,
  folder,
}) => {
  await page.getByRole('textbox', { name: 'Path or glob' }).fill(join(folder, 'not there'));
  const inputs = page.getByRole('region', { name: 'These inputs' });
  await expect(inputs.getByRole('alert')).toContainText('not there');
  await chooseBuiltin(page, 'hash');
  await expect(page.getByRole('button', { name: /^Run/ }).last()).toBeDisabled();
});

test('a folder of nothing is said, and nothing can be run', async ({ page, folder }) => {
  mkdirSync(join(folder, 'empty'));
  await page.getByRole('textbox', { name: 'Path or glob' }).fill(join(folder, 'empty'));
  await chooseBuiltin(page, 'hash');
  await expect(page.getByRole('main')).toContainText(/nothing in these inputs|no files|empty/i);
  await expect(page.getByRole('button', { name: /^Run/ }).last()).toBeDisabled();
});

test.describe('in a batch of good and bad files', () => {
  test.beforeEach(async ({ page, folder }) => {
    const good = Array.from({ length: 30 }, (_, index) => `good ${String(index).padStart(2, '0')}.txt`);
    writeFiles(join(folder, 'in'), good);
    const task = join(folder, 'size.mjs');
    writeFileSync(
      task,
      `import { readFile } from 'node:fs/promises';
      export default async (file) => {
        if (/good 1[3-5]/.test(file)) throw new TypeError('this one is refused: ' + file.slice(-6, -4));
        return { size: (await readFile(file)).length };
      };`,
    );
    await page.getByRole('textbox', { name: 'Path or glob' }).fill(join(folder, 'in'));
    await page.getByRole('textbox', { name: 'Path or glob' }).press('Enter');
    await chooseTaskFile(page, task);
    await run(page, 30);
    await expectState(page, 'completed');
  });

  test('the filter shows the failed ones, and the export of what it shows holds them alone', async ({
    page,
    host,
    folder,
  }) => {
    expect(await count(page, 'Failed')).toBe(3);
    await filter(page, 'Failed').click();
    await expect(rows(page)).toHaveCount(3);
    await expect(rows(page).first()).toContainText('TypeError: this one is refused: 13');

    const file = join(folder, 'failed.jsonl');
    await host.exportTo(file, () => chooseExport(page, /^3 tasks shown/, 'JSON lines'));
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const exported = lines.map((line) => JSON.parse(line) as { index: number; error: { message: string } });
    expect(exported.map(({ index, error }) => [index, error.message])).toEqual([
      [13, 'this one is refused: 13'],
      [14, 'this one is refused: 14'],
      [15, 'this one is refused: 15'],
    ]);
  });

  test('the search goes over inputs and errors, and is undone by the button in it', async ({ page }) => {
    const search = page.getByRole('searchbox', { name: 'Search tasks' });
    await search.fill('REFUSED: 14');
    await expect(rows(page)).toHaveCount(1);
    await search.fill('good 2');
    await expect(rows(page)).toHaveCount(10);
    await search.fill('nothing like it');
    await expect(page.getByRole('main')).toContainText('Nothing in all 30 tasks matches');
    await page.getByRole('search').getByRole('button', { name: 'Clear the search' }).click();
    await expect(search).toHaveValue('');
    await expect.poll(() => rows(page).count()).toBeGreaterThan(10);
  });

  test('a click on a column sorts by it, and another turns it round', async ({ page }) => {
    const first = rows(page).first();
    await page.getByRole('columnheader', { name: '#' }).getByRole('button').click();
    await expect(first).toContainText('good 29.txt');
    await page.getByRole('columnheader', { name: '#' }).getByRole('button').click();
    await expect(first).toContainText('good 00.txt');
    await expect(rowOf(page, 13)).toContainText('failed');
  });
});
