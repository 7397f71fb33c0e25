import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  chooseTaskFile,
  count,
  expectState,
  filter,
  giveRange,
  nameTaskFile,
  panel,
  rowOf,
  run,
  runButton,
} from './steps.ts';
import { expect, test } from './window.ts';

test.describe('a task file that cannot be loaded does not start, and its file, line and reason are shown', () => {
  const bad: [what: string, name: string, code: string, says: RegExp[]][] = [
    [
      'a syntax error in JavaScript',
      'broken.mjs',
      'export default (x) => {\n  return x +;\n};\n',
      [/broken\.mjs/, /line 2/, /Unexpected token/],
    ],
    [
      'a syntax error in TypeScript',
      'broken.ts',
      'export default (x: number) => {\n\n  const y: = x;\n};\n',
      [/broken\.ts/, /line 3|:3/],
    ],
    ['no default export', 'nothing.mjs', 'export const other = 1;\n', [/nothing\.mjs/, /default export/]],
    [
      'a default export that is no function',
      'number.mjs',
      'export default 42;\n',
      [/number\.mjs/, /function/],
    ],
    [
      'a throw while it is loaded',
      'throws.mjs',
      '// first\n// second\nthrow new RangeError("not today");\n',
      [/throws\.mjs/, /:3/, /not today/],
    ],
    [
      'an import of something that is missing',
      'lonely.mjs',
      'import x from "no-such-package-anywhere";\nexport default x;\n',
      [/no-such-package-anywhere/],
    ],
  ];

  for (const [what, name, code, says] of bad) {
    test(what, async ({ page, folder }) => {
      const file = join(folder, name);
      writeFileSync(file, code);
      await giveRange(page, 0, 5);
      await chooseTaskFile(page, file);
      const problem = page.getByRole('region', { name: 'Do this' }).getByRole('alert');
      for (const words of says) await expect(problem).toContainText(words);
      await expect(runButton(page)).toBeDisabled();
    });
  }

  test('a file that is not there', async ({ page, folder }) => {
    await nameTaskFile(page, join(folder, 'absent.mjs'));
    await expect(page.getByRole('region', { name: 'Do this' }).getByRole('alert')).toContainText(
      'absent.mjs',
    );
  });

  test('and is run once it is mended', async ({ page, folder }) => {
    const file = join(folder, 'mended.mjs');
    writeFileSync(file, 'export default (x) => {');
    await giveRange(page, 0, 5);
    await chooseTaskFile(page, file);
    await expect(page.getByRole('region', { name: 'Do this' }).getByRole('alert')).toBeVisible();
    writeFileSync(file, 'export default (x) => x * x;');
    await nameTaskFile(page, '');
    await chooseTaskFile(page, file);
    await run(page, 5);
    await expectState(page, 'completed');
    expect(await count(page, 'Succeeded')).toBe(5);
  });
});

test('tasks that misbehave while they run fail alone, each with its reason', async ({ page, folder }) => {
  const file = join(folder, 'misbehaves.mjs');
  writeFileSync(
    file,
    `const acts = [
      () => { throw new Error('thrown'); },
      () => Promise.reject(new Error('rejected')),
      () => { throw 'a mere text'; },
      () => () => 1,
      () => process.exit(7),
      () => process.abort(),
      () => { const cycle = {}; cycle.self = cycle; return cycle; },
    ];
    export default (number) => (acts[number] ?? (() => number))();`,
  );
  await giveRange(page, 0, 20);
  await chooseTaskFile(page, file);
  await run(page, 20);
  await expectState(page, 'completed', 60_000);
  expect(await count(page, 'Succeeded')).toBe(13);
  expect(await count(page, 'Failed')).toBe(7);

  await filter(page, 'Failed').click();
  const reasons: [task: number, reason: RegExp][] = [
    [0, /Error: thrown/],
    [1, /Error: rejected/],
    [2, /a mere text/],
    [3, /function/i],
    [4, /exit.*7/i],
    [5, /SIGABRT|abort|crash/i],
    [6, /JSON|circular|cannot be stored/i],
  ];
  for (const [task, reason] of reasons) {
    await rowOf(page, task).click();
    await expect(panel(page)).toContainText(reason);
  }
});
