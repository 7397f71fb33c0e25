import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './hosts/child.ts';
import { startOnDouble } from './hosts/electron-double.ts';
import type { ElectronHost } from './hosts/host.ts';
import { dropOn, expect, test } from './window.ts';

/* The double of Electron itself: what the other specs believe of it. */

interface Small {
  echo(...given: unknown[]): void;
  onEcho(listener: (...given: unknown[]) => void): void;
  pathsOf(files: File[]): string[];
  require(name: string): unknown;
  touch(name: string): unknown;
  nothing?: unknown;
}
declare global {
  interface Window {
    small: Small;
  }
}

test.describe('the double of Electron', () => {
  let small: ElectronHost;
  test.beforeEach(async ({ dataDir }) => {
    small = await startOnDouble({ dataDir }, join(root, 'e2e/fixtures/small-app/main.mjs'));
    await expect(small.page).toHaveTitle('small');
  });
  test.afterEach(() => small.stop());

  test('enforces the policy of the page that a custom scheme answers with', async () => {
    // The inline script before page.js would have named it otherwise.
    await expect(small.page).toHaveTitle('small');
    expect(await small.page.evaluate(() => isSecureContext)).toBe(true);
  });

  test('keeps the preload’s world apart from the page’s', async () => {
    const seen = await small.page.evaluate(() => ({
      global: 'secretOfThePreload' in window,
      frozen: Object.isFrozen(window.small),
      replaced: (() => {
        try {
          Object.assign(window, { small: 1 });
        } catch {
          // The property cannot be written.
        }
        return typeof window.small;
      })(),
    }));
    expect(seen).toEqual({ global: false, frozen: true, replaced: 'object' });
  });

  test('carries what structured clone carries, there and back', async () => {
    const back = await small.page.evaluate(
      () =>
        new Promise((resolve) => {
          window.small.onEcho((url, ...given) => {
            const [nothing, number, map, bytes, date, cycle, big] = given as [
              undefined,
              number,
              Map<string, Set<number>>,
              Uint8Array,
              Date,
              { self: unknown },
              bigint,
            ];
            resolve({
              url,
              nothing: nothing === undefined,
              number: Number.isNaN(number),
              map: [...map.get('a')!],
              bytes: bytes instanceof Uint8Array && [...bytes],
              date: date instanceof Date && date.getTime(),
              cycle: cycle.self === cycle,
              big: String(big),
            });
          });
          const cycle: { self?: unknown } = {};
          cycle.self = cycle;
          const map = new Map([['a', new Set([1, 2])]]);
          window.small.echo(undefined, Number.NaN, map, new Uint8Array([1, 2, 3]), new Date(5), cycle, 10n);
        }),
    );
    expect(back).toEqual({
      url: 'small://app/',
      nothing: true,
      number: true,
      map: [1, 2],
      bytes: [1, 2, 3],
      date: 5,
      cycle: true,
      big: '10',
    });
  });

  test('refuses to send what cannot be cloned', async () => {
    const errors = await small.page.evaluate(() =>
      [() => {}, document.body, new File([], 'x'), Symbol('x')].map((value) => {
        try {
          window.small.echo({ value });
          return 'sent';
        } catch (error) {
          return (error as Error).message;
        }
      }),
    );
    // A function crosses the bridge as a proxy; it is the message that refuses it.
    expect(errors).toEqual(Array(4).fill(expect.stringContaining('could not be cloned')));
  });

  test('gives a preload nothing that it does not double', async () => {
    const errors = await small.page.evaluate(() =>
      [() => window.small.require('node:fs'), () => window.small.touch('invoke')].map((run) => {
        try {
          run();
          return 'had it';
        } catch (error) {
          return (error as Error).message;
        }
      }),
    );
    expect(errors).toEqual([
      'module not found: node:fs',
      'The double of electron has no ipcRenderer.invoke for preloads.',
    ]);
  });

  test('gives the app nothing that it does not double', async () => {
    await expect(small.evaluate((electron) => electron.app.dock)).rejects.toThrow(
      'The double of electron has no app.dock',
    );
  });

  test('is on mains, until a test says otherwise', async () => {
    const answers = await small.evaluate(({ powerMonitor }) => {
      const heard: string[] = [];
      powerMonitor.on('on-battery', () => heard.push(`battery: ${powerMonitor.isOnBatteryPower()}`));
      const before = powerMonitor.isOnBatteryPower();
      Object.assign(powerMonitor, { onBatteryPower: true });
      powerMonitor.emit('on-battery');
      return { before, heard };
    });
    expect(answers).toEqual({ before: false, heard: ['battery: true'] });
    await expect(small.evaluate(({ powerMonitor }) => powerMonitor.getSystemIdleTime())).rejects.toThrow(
      'The double of electron has no powerMonitor.getSystemIdleTime',
    );
  });

  test('knows the path of a file that was dropped, and none of one that a script made', async ({
    folder,
  }) => {
    const file = join(folder, 'dropped 🐈.txt');
    writeFileSync(file, 'x');
    const paths = small.page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          addEventListener('dragover', (event) => event.preventDefault());
          addEventListener('drop', (event) => {
            event.preventDefault();
            const made = new File(['x'], 'made.txt');
            resolve(window.small.pathsOf([...event.dataTransfer!.files, made]));
          });
        }),
    );
    await dropOn(small.page, [file]);
    expect(await paths).toEqual([file, '']);
  });
});
