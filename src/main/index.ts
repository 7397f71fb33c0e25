import { join } from 'node:path';
import { app, session } from 'electron';
import { defaultDataDir } from '../engine/data-dir.ts';
import { pathsOfArgv } from './argv-paths.ts';
import { showStartError } from './dialogs.ts';
import { hearOpenedFiles, takeInstanceLock } from './opened-paths.ts';
import { denyPermissions } from './permissions.ts';
import { runApp } from './run-app.ts';
import { registerScheme, serveWindow } from './scheme.ts';

const dataDir = defaultDataDir();
// Chromium's own files, and through them the lock that makes this the only app on this data folder.
app.setPath('userData', join(dataDir, 'window'));
app.setAppUserModelId('io.github.poolboard');
registerScheme();

const opened = pathsOfArgv(process.argv, process.cwd(), app.isPackaged);
if (!takeInstanceLock(opened)) {
  app.exit(0);
} else {
  const files = hearOpenedFiles(opened);
  app
    .whenReady()
    .then(async () => {
      denyPermissions(session.defaultSession);
      serveWindow();
      await runApp(dataDir, files);
    })
    .catch((error: unknown) => {
      showStartError(error);
      app.exit(1);
    });
}
