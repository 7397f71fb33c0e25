import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { chooseBuiltin, chooseTaskFile, expectState, giveRange, main, run } from './steps.ts';
import { asElectron, type ElectronHost, expect, test } from './window.ts';

// Workers take their time to start where everything shares few cores.
test.describe.configure({ timeout: 120_000 });

/** Starts a batch of four tasks: the first ones end at once (the second fails), the last one when `end` is called. */
async function runUntil(page: Page, folder: string): Promise<() => void> {
  const gate = join(folder, 'gate');
  const file = join(folder, 'gated.mjs');
  writeFileSync(
    file,
    `import { existsSync } from 'node:fs';
     export default async (n) => {
       if (n === 1) throw new Error('It is one.');
       while (n === 3 && !existsSync(${JSON.stringify(gate)})) await new Promise((resolve) => setTimeout(resolve, 20));
       return n;
     };`,
  );
  await chooseTaskFile(page, file);
  await giveRange(page, 0, 4);
  await run(page, 4);
  await expect(main(page).getByTestId('done-of-total')).toContainText('3', { timeout: 60_000 });
  return () => writeFileSync(gate, '');
}

/** What the double has kept of what a person would see around the window. */
interface Seen {
  trays: Set<{ tip: string; menu: { items: { label: string; id: string; click(): void }[] } | null }>;
  notifications: Set<{ title: string; body: string; click(): void }>;
}
type WithSeen = typeof import('electron') & { seen: Seen };

test.describe('around the app', () => {
  test.beforeEach(({ kind }) => {
    test.skip(kind !== 'electron-double', 'the system does not tell what it shows');
  });

  const tray = (host: ElectronHost) =>
    host.evaluate((electron) => {
      const [first] = (electron as WithSeen).seen.trays;
      return first ? { tip: first.tip, items: first.menu?.items.map(({ label }) => label) ?? [] } : null;
    });
  const chooseInTray = (host: ElectronHost, id: string) =>
    host.evaluate((electron, wanted) => {
      const [first] = (electron as WithSeen).seen.trays;
      first!.menu!.items.find((item) => item.id === wanted)!.click();
    }, id);
  const notifications = (host: ElectronHost) =>
    host.evaluate((electron) =>
      [...(electron as WithSeen).seen.notifications].map(({ title, body }) => ({ title, body })),
    );
  const clickNotification = (host: ElectronHost) =>
    host.evaluate((electron) => {
      const [first] = (electron as WithSeen).seen.notifications;
      first!.click();
    });
  const look = (host: ElectronHost, looks: boolean) =>
    host.evaluate(({ BrowserWindow }, focus) => {
      const [window] = BrowserWindow.getAllWindows();
      if (focus) window!.focus();
      else window!.blur();
    }, looks);
  const progress = (host: ElectronHost) =>
    host.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return (window as unknown as { progressBar: { progress: number; mode: string } }).progressBar;
    });
  const isVisible = (host: ElectronHost) =>
    host.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible());

  test('the icon shows the progress, red once a task has failed, and nothing at the end', async ({
    host,
    page,
    folder,
  }) => {
    const electron = asElectron(host);
    expect(await progress(electron)).toEqual({ progress: -1, mode: 'none' });
    const end = await runUntil(page, folder);
    await expect.poll(() => progress(electron)).toEqual({ progress: 0.75, mode: 'error' });
    end();
    await expect.poll(() => progress(electron)).toEqual({ progress: -1, mode: 'none' });
  });

  test('a batch that ends while nobody looks is told of once, and a click opens it', async ({
    host,
    page,
    folder,
  }) => {
    const electron = asElectron(host);
    const end = await runUntil(page, folder);
    await page.getByRole('link', { name: /^New batch/ }).click();
    await look(electron, false);
    end();
    await expect.poll(() => notifications(electron)).toHaveLength(1);
    const [told] = await notifications(electron);
    expect(told?.title).toBe('gated.mjs 0..4');
    expect(told?.body).toMatch(/^Completed after .*: 3 succeeded, 1 failed$/);
    expect(await electron.evaluate(({ app }) => app.getBadgeCount())).toBe(1);
    await clickNotification(electron);
    await expect(page.getByRole('heading', { level: 1, name: 'gated.mjs 0..4' })).toBeVisible();
    expect(await electron.evaluate(({ app }) => app.getBadgeCount())).toBe(0);
  });

  test('one who looks is told nothing', async ({ host, page, folder }) => {
    const electron = asElectron(host);
    await look(electron, true);
    const end = await runUntil(page, folder);
    end();
    await expectState(page, 'completed');
    expect(await notifications(electron)).toEqual([]);
    expect(await electron.evaluate(({ app }) => app.getBadgeCount())).toBe(0);
  });

  test('the tray has what runs; without the window the app goes on, which is said once', async ({
    host,
    page,
    folder,
  }) => {
    const electron = asElectron(host);
    expect(await tray(electron)).toBeNull();
    const end = await runUntil(page, folder);
    await expect.poll(async () => (await tray(electron))?.items).toContain('gated.mjs 0..4  75%');
    expect((await tray(electron))?.tip).toBe('Poolboard: 1 batch, 75%, 1 failed');

    const closeWindow = () =>
      electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());
    await closeWindow();
    expect(await isVisible(electron)).toBe(false);
    expect((await notifications(electron)).map(({ title }) => title)).toEqual(['Poolboard goes on']);
    await chooseInTray(electron, 'open');
    expect(await isVisible(electron)).toBe(true);
    await closeWindow();
    expect(await notifications(electron)).toHaveLength(1);

    await chooseInTray(electron, 'pause-all');
    await expect.poll(async () => (await tray(electron))?.items).toContain('gated.mjs 0..4  paused');
    await chooseInTray(electron, 'resume-all');
    end();
    await expect.poll(() => notifications(electron)).toHaveLength(2);
    // It is all that leads back to the window.
    await expect.poll(async () => (await tray(electron))?.items[0]).toBe('Nothing runs');
    await chooseInTray(electron, 'open');
    await expect.poll(() => tray(electron)).toBeNull();
    await expectState(page, 'completed');
  });

  test('the tray quits, after a question', async ({ host, page, folder }) => {
    const electron = asElectron(host);
    await runUntil(page, folder);
    await electron.evaluate(({ dialog }) => {
      dialog.showMessageBox = (async () => ({
        response: 0,
        checkboxChecked: false,
      })) as typeof dialog.showMessageBox;
    });
    await expect.poll(() => tray(electron)).not.toBeNull();
    // The answer to the question comes after the end of the app.
    await chooseInTray(electron, 'quit').catch(() => {});
    expect(await electron.exited).toBe(0);
  });

  test('files that are dropped on the icon, or opened with the app, are inputs', async ({
    host,
    page,
    folder,
  }) => {
    for (const name of ['a.bin', 'b.bin']) writeFileSync(join(folder, name), name);
    await asElectron(host).evaluate(
      ({ app }, paths) => {
        for (const path of paths) app.emit('open-file', { preventDefault() {} }, path);
      },
      [join(folder, 'a.bin'), join(folder, 'b.bin')],
    );
    await chooseBuiltin(page, 'hash');
    await expect(page.getByRole('button', { name: 'Run 2 tasks' })).toBeEnabled();
  });
});

test.describe('around the page', () => {
  test.beforeEach(({ kind }) => {
    test.skip(kind !== 'web', 'the app has the system for this');
  });

  /** Puts a browser's notifications in place, with this word of its person. */
  async function withNotifications(page: Page, permission: 'granted' | 'denied'): Promise<void> {
    await page.addInitScript((answer) => {
      const shown: { title: string; body: string; onclick?: () => void; close(): void }[] = [];
      class Notification {
        static permission = 'default';
        static async requestPermission() {
          Notification.permission = answer;
          return answer;
        }
        title: string;
        body: string;
        constructor(title: string, { body }: { body: string }) {
          this.title = title;
          this.body = body;
          shown.push(this);
        }
        close() {}
      }
      Object.assign(window, { Notification, shown });
      Object.defineProperty(document, 'hasFocus', { value: () => false });
    }, permission);
    await page.reload();
    await page.getByRole('spinbutton', { name: 'Workers of the pool' }).waitFor();
  }
  const shown = (page: Page) =>
    page.evaluate(() =>
      (window as unknown as { shown: { title: string; body: string }[] }).shown.map(({ title, body }) => ({
        title,
        body,
      })),
    );
  const bell = (page: Page) => page.getByRole('button', { name: 'Notify me when a batch ends' });

  test('the browser notifies once somebody has asked for it, and not before', async ({ page, folder }) => {
    await withNotifications(page, 'granted');
    const end = await runUntil(page, folder);
    await expect(bell(page)).toHaveAttribute('aria-pressed', 'false');
    expect(await page.evaluate(() => Notification.permission)).toBe('default');
    await bell(page).click();
    await expect(bell(page)).toHaveAttribute('aria-pressed', 'true');
    await page.getByRole('link', { name: /^New batch/ }).click();
    end();
    await expect.poll(() => shown(page)).toHaveLength(1);
    const [told] = await shown(page);
    expect(told?.title).toBe('gated.mjs 0..4');
    expect(told?.body).toMatch(/^completed after .*: 3 succeeded, 1 failed$/);
    await page.evaluate(() => (window as unknown as { shown: { onclick(): void }[] }).shown[0]!.onclick());
    await expect(page.getByRole('heading', { level: 1, name: 'gated.mjs 0..4' })).toBeVisible();
  });

  test('where the browser refuses, the button says who can allow it', async ({ page, folder }) => {
    await withNotifications(page, 'denied');
    await runUntil(page, folder);
    await bell(page).click();
    await expect(
      page.getByRole('button', { name: /its settings for this page can allow them/ }),
    ).toBeDisabled();
  });

  test('the title and the icon of the tab show the progress', async ({ page, folder }) => {
    const icon = () => page.locator('link[rel=icon]').getAttribute('href');
    expect(await icon()).toMatch(/icon.*\.svg$/);
    const end = await runUntil(page, folder);
    await expect(page).toHaveTitle('75% gated.mjs 0..4 – Poolboard');
    expect(await icon()).toContain('width="19.5"');
    end();
    await expect(page).toHaveTitle('gated.mjs 0..4 – Poolboard');
    await expect.poll(icon).toMatch(/icon.*\.svg$/);
  });

  test('the browser asks before it leaves an upload, and only then', async ({ page, folder, drop }) => {
    const asks = () =>
      page.evaluate(() => {
        const event = new Event('beforeunload', { cancelable: true });
        window.dispatchEvent(event);
        return event.defaultPrevented;
      });
    expect(await asks()).toBe(false);
    const held = Promise.withResolvers<void>();
    await page.route('**/upload/**', async (route) => {
      await held.promise;
      await route.continue();
    });
    writeFileSync(join(folder, 'a.bin'), 'a');
    await drop([join(folder, 'a.bin')]);
    await expect.poll(asks).toBe(true);
    held.resolve();
    await expect.poll(asks).toBe(false);
  });
});
