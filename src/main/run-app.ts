import { join } from 'node:path';
import { app, type BrowserWindow } from 'electron';
import { createEngine } from '../engine/create-engine.ts';
import { createHost } from '../engine/host/connection.ts';
import { samples } from '../engine/host/samples.ts';
import { powerCommands } from '../engine/machine/power-commands.ts';
import { createAround } from './around.ts';
import { followBattery } from './battery.ts';
import { createClosing } from './closing.ts';
import { confirmQuit, pickExportFile, pickPaths } from './dialogs.ts';
import { createKeepAwake } from './keep-awake.ts';
import { setMenu } from './menu.ts';
import { goesOnMessage } from './messages.ts';
import { notify } from './notify.ts';
import type { OpenedFiles } from './opened-paths.ts';
import { createQuitting } from './quitting.ts';
import { followRunning } from './running-batches.ts';
import { serveWindow } from './scheme.ts';
import { shellOpener } from './shell-opener.ts';
import { utilityLauncher } from './utility-launcher.ts';
import { tellWhenDone } from './when-done-notices.ts';
import { bringForward, isInFront, openWindow } from './window.ts';
import { connectWindow, type WindowConnection } from './window-connection.ts';
import { speakAs } from './words/say.ts';

/**
 * Starts the engine and opens the window; from then on the app lives by its events.
 * Throws where the engine cannot start: a data folder that cannot be written, a store that does not open.
 */
export async function runApp(dataDir: string, files: OpenedFiles): Promise<void> {
  speakAs(app.getLocale());
  const engine = await createEngine({ dataDir, launcher: utilityLauncher() });
  serveWindow(engine.results);
  const running = followRunning(engine, createKeepAwake());
  followBattery((onBattery) => engine.setOnBattery(onBattery));

  let current: { window: BrowserWindow; connection: WindowConnection } | undefined;
  const show = () => {
    if (current) bringForward(current.window);
    else current = open();
    return current;
  };
  const around = createAround({
    engine,
    open: () => show(),
    openBatch: (batch) => show().connection.emit('host.command', { command: 'open-batch', batch }),
  });

  const host = createHost({
    engine,
    info: {
      host: 'electron',
      platform: process.platform,
      version: app.getVersion(),
      cores: engine.pool().cores,
      nativeDialogs: true,
      dataDir,
    },
    samples,
    speak(language) {
      speakAs(language);
      makeMenu();
    },
    acts: { ...powerCommands(), quit: () => app.quit() },
    pick: async (what) => (current ? pickPaths(current.window, what) : []),
    async exportTo({ name, format, toFile }) {
      const path = current && (await pickExportFile(current.window, name, format));
      if (!path) return { kind: 'canceled' };
      return { kind: 'saved', path, rows: await toFile(path) };
    },
    opener: shellOpener,
  });

  tellWhenDone(host.whenDone, {
    isInFront: () => current !== undefined && isInFront(current.window),
    show: (message) => notify(message, () => show()),
  });

  const quitting = createQuitting({
    countRunning: () => running.count,
    // A question of a window that is not seen would not be either.
    confirm: (count) => confirmQuit(current?.window.isVisible() ? current.window : undefined, count),
    close: () => engine.close(),
    quit: () => app.quit(),
  });

  const open = () => {
    const window = openWindow();
    const connection = connectWindow(window, host);
    // On macOS an app goes on without a window; elsewhere closing it is quitting, unless batches run.
    if (process.platform !== 'darwin') {
      window.on(
        'close',
        createClosing({
          quitting,
          countRunning: () => running.count,
          hide: () => window.hide(),
          tell: () => notify(goesOnMessage(), () => show()),
          toldFile: join(app.getPath('userData'), 'goes-on-told'),
        }),
      );
    }
    around.follow(window);
    window.once('closed', () => {
      current = undefined;
    });
    return { window, connection };
  };

  app.on('before-quit', quitting.hold);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('activate', show);

  const makeMenu = () =>
    setMenu({
      newBatch: () => show().connection.emit('host.command', { command: 'new-batch' }),
      openFiles: async () => {
        const { window, connection } = show();
        const paths = await pickPaths(window, 'files');
        if (paths.length > 0) connection.emit('host.command', { command: 'open-paths', paths });
      },
    });

  makeMenu();
  show();
  files.listen((paths) => {
    const { connection } = show();
    if (paths.length > 0) connection.emit('host.command', { command: 'open-paths', paths });
  });
}
