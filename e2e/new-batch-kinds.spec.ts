import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import {
  choose,
  chooseTaskFile,
  count,
  expectState,
  giveRange,
  panel,
  rowOf,
  run,
  runButton,
} from './steps.ts';
import { expect, test } from './window.ts';

const inputs = (page: Page) => page.getByRole('region', { name: 'These inputs' });
const task = (page: Page) => page.getByRole('region', { name: 'Do this' });
const commands = (page: Page) =>
  task(page).getByRole('list', { name: 'The first commands' }).getByRole('listitem');

async function typeCommand(page: Page, command: string): Promise<void> {
  await choose(page, 'Do this', 'Command');
  await page.getByRole('textbox', { name: 'Command', exact: true }).fill(command);
}

const people =
  'name,City of birth,born\nAda,London,1815\n"O\'Neil, Cathy",Boston,1950\nGrace,"New\nYork",1906\n';

test.describe('the rows of a table', () => {
  test('are shown with their columns, and a command takes them by name, through to the result', async ({
    page,
    drop,
    folder,
  }) => {
    const table = join(folder, 'people.csv');
    writeFileSync(table, people);
    await drop([table]);
    const grid = inputs(page).getByRole('table');
    await expect(grid.getByRole('columnheader')).toHaveText(['name', 'City of birth', 'born']);
    await expect(grid.getByRole('row').nth(2).getByRole('cell')).toHaveText([
      "O'Neil, Cathy",
      'Boston',
      '1950',
    ]);

    await typeCommand(page, 'echo ');
    const strings = task(page).getByRole('group', { name: 'Put into the command' });
    await strings.getByRole('button', { name: '{name}' }).click();
    await page.keyboard.type(' ');
    await strings.getByRole('button', { name: '"{City of birth}"' }).click();
    await expect(page.getByRole('textbox', { name: 'Command', exact: true })).toHaveValue(
      'echo {name} "{City of birth}"',
    );
    await expect(commands(page)).toHaveCount(3);
    await expect(commands(page).first()).toHaveText('echo Ada London');

    await run(page, 3);
    await expectState(page, 'completed');
    expect(await count(page, 'Succeeded')).toBe(3);
    await rowOf(page, 1).click();
    await expect(panel(page)).toContainText("O'Neil, Cathy Boston");
  });

  test('are read as one says', async ({ page, drop, folder }) => {
    const table = join(folder, 'cafés.csv');
    writeFileSync(table, Buffer.from('Café|3\nTh\u00e9|4\n', 'latin1'));
    await drop([table]);
    const part = inputs(page);
    await part.getByRole('button', { name: 'How the file is read' }).click();
    await part.getByRole('combobox', { name: 'Delimiter' }).selectOption('Vertical bar');
    await part.getByRole('combobox', { name: 'Encoding' }).fill('windows-1252');
    await part.getByRole('checkbox', { name: 'The first row names the columns' }).uncheck();
    await expect(part.getByTestId('preview')).toContainText('2 inputs');
    await expect(part.getByTestId('preview')).toContainText('["Café","3"]');
  });
});

test.describe('a command', () => {
  test('is shown for the first three inputs, or what is wrong with it, before it runs', async ({
    page,
    drop,
    folder,
  }) => {
    const dropped = join(folder, 'dropped');
    mkdirSync(dropped);
    for (const name of ['$(touch pwned).txt', 'a b.txt', 'c.txt', 'd.txt'])
      writeFileSync(join(dropped, name), name);
    await drop([dropped]);
    await typeCommand(page, 'wc -c {} --as {/.}');
    await expect(commands(page)).toHaveCount(3);
    await expect(commands(page).nth(0)).toHaveText(
      /^wc -c '\/.*\/\$\(touch pwned\)\.txt' --as '\$\(touch pwned\)'$/,
    );
    await expect(commands(page).nth(1)).toHaveText(/ --as 'a b'$/);

    const problem = task(page).getByRole('alert');
    for (const [command, says] of [
      ['wc -c {nmae}', /\{nmae\}.*no columns/],
      ['cp {} {out}/{/}', /no output folder/],
      ['sort {} | uniq', /shell/],
      ['echo "{}', /without its end/],
    ] as const) {
      await typeCommand(page, command);
      await expect(problem).toHaveText(says);
      await expect(problem).toHaveCount(1);
      await expect(runButton(page)).toBeDisabled();
    }
    await typeCommand(page, 'no-such-program-anywhere {}');
    await expect(problem).toContainText('no-such-program-anywhere');
    await expect(runButton(page)).toBeDisabled();
  });

  test('may use the shell, its input and its folders where one says so', async ({ page, folder }) => {
    const out = join(folder, 'out');
    await giveRange(page, 1, 4);
    await typeCommand(page, 'cat | tr 0-9 a-j > {out}/{#}.txt; pwd');
    await task(page).getByRole('checkbox', { name: 'Run through the shell' }).check();
    await task(page).getByRole('checkbox', { name: 'Feed the input to standard input' }).check();
    await task(page).getByLabel('Output folder').fill(out);
    await task(page).getByLabel('Working folder').fill(folder);
    await expect(commands(page).nth(2)).toHaveText(`cat | tr 0-9 a-j > ${out}/3.txt; pwd`);
    await run(page, 3);
    await expectState(page, 'completed');
    expect(await count(page, 'Succeeded')).toBe(3);
    expect(['1', '2', '3'].map((name) => readFileSync(join(out, `${name}.txt`), 'utf8'))).toEqual([
      'b\n',
      'c\n',
      'd\n',
    ]);
    await rowOf(page, 0).click();
    await expect(panel(page)).toContainText(folder);
  });
});

test.describe('a Python file', () => {
  test('runs through to the result, by the function that is named and with its parameter set', async ({
    page,
    folder,
  }) => {
    const file = join(folder, 'scale.py');
    writeFileSync(
      file,
      [
        'def scale(x: int, factor: float = 2.0):',
        '    print("scaling", x)',
        '    return {"scaled": x * factor}',
        '',
        'def other(x):',
        '    return None',
        '',
      ].join('\n'),
    );
    await giveRange(page, 0, 20);
    await chooseTaskFile(page, file);
    await expect(task(page).getByRole('alert')).toContainText(/scale.*other|other.*scale/);
    await task(page).getByLabel('Function').fill('scale');
    await expect(task(page).getByText(/^Python 3\.\d+\.\d+, \/.*: .+\.$/)).toBeVisible();
    await task(page).getByLabel('factor').fill('1.5');
    await run(page, 20);
    await expectState(page, 'completed');
    expect(await count(page, 'Succeeded')).toBe(20);
    await rowOf(page, 7).click();
    await expect(panel(page)).toContainText('10.5');
    await expect(panel(page)).toContainText('scaling 7');
  });

  test('with an interpreter that there is not says so before it runs', async ({ page, folder }) => {
    const file = join(folder, 'task.py');
    writeFileSync(file, 'def task(x):\n    return x\n');
    await giveRange(page, 0, 2);
    await chooseTaskFile(page, file);
    await task(page).getByLabel('Interpreter').fill('/no/such/python');
    await expect(task(page).getByRole('alert')).toContainText('/no/such/python');
    await expect(runButton(page)).toBeDisabled();
  });
});

test('a file that is dropped alone is offered as what it most likely is', async ({ page, drop, folder }) => {
  for (const name of ['a.py', 'b.cts', 'c.mjs']) {
    writeFileSync(join(folder, name), '');
    await drop([join(folder, name)]);
    await expect(task(page).getByRole('status')).toContainText(`${name} is taken as the task to do.`);
  }
  writeFileSync(join(folder, 'people.tsv'), 'a\tb\n1\t2\n');
  await drop([join(folder, 'people.tsv')]);
  await expect(inputs(page).getByRole('status')).toContainText('The rows of people.tsv are taken as inputs.');
  await expect(inputs(page).getByRole('columnheader')).toHaveText(['a', 'b']);
  writeFileSync(join(folder, 'list.json'), '[{"x": 1}, {"x": 2}]');
  await drop([join(folder, 'list.json')]);
  await inputs(page).getByRole('button', { name: 'Use its lines or rows instead' }).click();
  await expect(inputs(page).getByRole('columnheader')).toHaveText(['x']);
});

for (const [colorScheme, size] of [
  ['light', { width: 1280, height: 800 }],
  ['dark', { width: 900, height: 600 }],
] as const) {
  test(`a command over rows and a Python file fit into the window, ${colorScheme}`, async ({
    page,
    drop,
    folder,
    kind,
  }) => {
    const look = async (name: string) => {
      await page.screenshot({
        path: `test-results/screens/kinds-${name}-${kind}-${size.width}-${colorScheme}.png`,
        animations: 'disabled',
      });
      const across = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(across, `${name}: nothing is wider than the window`).toBe(0);
    };
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(size);
    const columns = ['name', 'City of birth', ...Array.from({ length: 30 }, (_, at) => `column_${at}`)];
    const row = (name: string) => [name, 'x'.repeat(300), ...columns.slice(2).map((_, at) => at)].join(',');
    writeFileSync(join(folder, 'wide.csv'), [columns.join(','), row('Ada'), row('Grace'), ''].join('\n'));
    writeFileSync(join(folder, 'people.csv'), people);
    await drop([join(folder, 'people.csv')]);
    await typeCommand(page, 'echo {name} was born in {born} in "{City of birth}"');
    await expect(commands(page)).toHaveCount(3);
    await inputs(page).getByRole('button', { name: 'How the file is read' }).click();
    await look('rows');
    await task(page).getByLabel('Output folder').scrollIntoViewIfNeeded();
    await look('command');
    await drop([join(folder, 'wide.csv')]);
    await expect(inputs(page).getByRole('columnheader')).toHaveCount(32);
    await look('wide');
    await typeCommand(page, 'echo "{');
    await expect(task(page).getByRole('alert')).toBeVisible();
    await task(page).getByLabel('Output folder').scrollIntoViewIfNeeded();
    await look('problem');
    const file = join(folder, 'scale.py');
    writeFileSync(
      file,
      'def task(x, factor: float = 2.0, label: str = "scaled"):\n    "Multiplies a number."\n    return x * factor\n',
    );
    await chooseTaskFile(page, file);
    await task(page).getByLabel('label').scrollIntoViewIfNeeded();
    await look('python');
  });
}
