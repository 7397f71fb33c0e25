import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectOutput, exitOf, root } from './hosts/child.ts';
import { answersOf } from './hosts/electron-answers.ts';
import { forkOnDouble } from './hosts/electron-double.ts';
import type { ElectronHost } from './hosts/host.ts';
import { batchLink, chooseBuiltin, chooseTaskFile, expectState, giveRange, run } from './steps.ts';
import { asElectron, expect, test } from './window.ts';

const waits = 'new Promise((resolve) => setTimeout(resolve, 600_000))';
const loops = '{ for (;;); }';

/** Starts a batch that lasts until it is stopped. */
async function runForLong({ page }: ElectronHost, folder: string, body = waits): Promise<void> {
  const file = join(folder, 'long.mjs');
  writeFileSync(file, `export default () => ${body};`);
  await chooseTaskFile(page, file);
  await giveRange(page, 0, 10);
  await run(page, 10);
  await expectState(page, 'running');
}

const closeWindow = (host: ElectronHost): Promise<void> =>
  host.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());
const quit = (host: ElectronHost): Promise<void> => host.evaluate(({ app }) => app.quit());

test.describe('quitting', () => {
  test('without a running batch ends the app unasked, with status 0', async ({ host }) => {
    const electron = asElectron(host);
    await answersOf(electron.evaluate).answerQuestions(1);
    await closeWindow(electron);
    expect(await electron.exited).toBe(0);
  });

  test('with a running batch asks, and "keep running" keeps it running', async ({ host, page, folder }) => {
    const electron = asElectron(host);
    await runForLong(electron, folder);
    const { answerQuestions, questionsAsked } = answersOf(electron.evaluate);
    await answerQuestions(1);
    await quit(electron);
    await expect.poll(questionsAsked).toEqual(['A batch is still running.']);
    await quit(electron);
    await expect.poll(questionsAsked).toHaveLength(2);
    await expectState(page, 'running');
    expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('with a running batch and "quit anyway" ends the app, its workers, and interrupts the batch', async ({
    host,
    start,
    folder,
  }) => {
    const electron = asElectron(host);
    await runForLong(electron, folder, loops);
    await answersOf(electron.evaluate).answerQuestions(0);
    await quit(electron);
    expect(await electron.exited).toBe(0);

    const { page } = await start();
    await batchLink(page, /long/).click();
    await expectState(page, 'interrupted');
  });
});

test.describe('the menu', () => {
  const click = (host: ElectronHost, id: string) =>
    host.evaluate(({ Menu }, name) => Menu.getApplicationMenu()!.getMenuItemById(name)!.click(), id);

  test('opens a new batch', async ({ host, page }) => {
    await page.getByRole('button', { name: 'Run Count primes' }).click();
    await expect(page.getByRole('tab', { name: /^Tasks/ })).toBeVisible();
    await click(asElectron(host), 'new-batch');
    await expect(page.getByRole('heading', { name: 'New batch' })).toBeVisible();
  });

  test('opens files as inputs', async ({ host, page, folder }) => {
    const files = ['a.bin', 'b.bin'].map((name) => join(folder, name));
    for (const file of files) writeFileSync(file, file);
    await host.pick(files, () => click(asElectron(host), 'open-files'));
    await chooseBuiltin(page, 'hash');
    await expect(page.getByRole('button', { name: 'Run 2 tasks' })).toBeEnabled();
  });

  test('has the keys of the platform', async ({ host }) => {
    const accelerator = await asElectron(host).evaluate(
      ({ Menu }) => Menu.getApplicationMenu()!.getMenuItemById('new-batch')!.accelerator,
    );
    expect(accelerator).toBe('CmdOrCtrl+N');
  });
});

test('files named when the app is started are its inputs', async ({ start, folder }) => {
  for (const name of ['a.bin', 'b.bin', 'c.bin']) writeFileSync(join(folder, name), name);
  const paths = ['a.bin', 'b.bin', 'c.bin'].map((name) => join(folder, name));
  // On the double the first word stands for the app, as "." does in a checkout.
  const { page } = await start({ paths });
  await chooseBuiltin(page, 'hash');
  await expect(page.getByRole('button', { name: 'Run 3 tasks' })).toBeEnabled();
});

test.describe('a second start', () => {
  test('on the same data ends at once and hands its files to the first', async ({
    host,
    page,
    dataDir,
    folder,
    kind,
  }) => {
    test.skip(kind !== 'electron-double', 'Playwright waits for a window of each Electron that it starts');
    writeFileSync(join(folder, 'handed.bin'), 'x');
    const focused = asElectron(host).evaluate(
      ({ BrowserWindow }) =>
        new Promise<void>((resolve) => BrowserWindow.getAllWindows()[0]!.once('focus', () => resolve())),
    );
    const second = forkOnDouble(join(root, 'out/main/index.js'), {
      dataDir,
      paths: [join(folder, 'handed.bin')],
    });
    expect(await exitOf(second)).toBe(0);
    await focused;
    await chooseBuiltin(page, 'hash');
    await expect(page.getByRole('button', { name: 'Run 1 task' })).toBeEnabled();
  });
});

test.describe('a start that cannot be', () => {
  test.beforeEach(({ kind }) => {
    test.skip(kind !== 'electron-double', 'Electron shows the reason in a dialog that nobody can close');
  });

  const problems: [what: string, spoil: (dataDir: string) => void][] = [
    ['a file lies where the data folder belongs', (dataDir) => writeFileSync(dataDir, '')],
    [
      'a folder lies where the store belongs',
      (dataDir) => mkdirSync(join(dataDir, 'poolboard.db'), { recursive: true }),
    ],
    [
      'the store is a file of another program',
      (dataDir) => {
        mkdirSync(dataDir);
        writeFileSync(join(dataDir, 'poolboard.db'), 'something else altogether '.repeat(500));
      },
    ],
  ];
  for (const [what, spoil] of problems) {
    test(`because ${what} says so in a sentence and ends with status 1`, async ({ dataDir }) => {
      spoil(dataDir);
      const app = forkOnDouble(join(root, 'out/main/index.js'), { dataDir });
      const log = collectOutput(app);
      expect(await exitOf(app)).toBe(1);
      expect(log()).toContain('Poolboard cannot start');
      expect(log()).toContain(dataDir);
      expect(log(), 'a sentence, no stack').not.toMatch(/^ +at /m);
    });
  }
});

test('the window opens where it was', async ({ host, start, dataDir }) => {
  const electron = asElectron(host);
  const bounds = { x: 120, y: 90, width: 1000, height: 700 };
  await electron.evaluate(
    ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]!.setBounds(wanted),
    bounds,
  );
  await electron.stop();
  const saved = JSON.parse(readFileSync(join(dataDir, 'window/window-state.json'), 'utf8'));
  expect(saved).toEqual({ bounds, maximized: false });

  const again = asElectron(await start());
  expect(await again.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds())).toEqual(
    bounds,
  );
});

test('the machine is kept awake while a batch runs, and no longer', async ({ host, page, folder, kind }) => {
  test.skip(kind !== 'electron-double', 'Electron does not tell which blockers it holds');
  const electron = asElectron(host);
  const isHeld = () => electron.evaluate(({ powerSaveBlocker }) => powerSaveBlocker.isStarted(1));
  expect(await isHeld()).toBe(false);
  await runForLong(electron, folder);
  await expect.poll(isHeld).toBe(true);
  await page.getByRole('main').getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('button', { name: /^Cancel \d+ tasks$/ }).click();
  await expectState(page, 'canceled');
  await expect.poll(isHeld).toBe(false);
});

test('a page that crashed is loaded again, and shows the batch that went on meanwhile', async ({
  host,
  folder,
  kind,
}) => {
  test.skip(kind !== 'electron-double', 'Playwright takes the crash of a page for the end of the test');
  const electron = asElectron(host);
  await runForLong(electron, folder);
  await electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]!.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  });
  await expectState(host.page, 'running');
  await expect(host.page.getByRole('heading', { level: 1 })).toBeVisible();
});
