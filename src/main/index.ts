import { app, session } from 'electron';
import { defaultDataDir } from '../engine/data-dir.ts';
import { pathsOfArgv } from './argv-paths.ts';
import { showStartError } from './dialogs.ts';
import { hearOpenedFiles, takeInstanceLock } from './opened-paths.ts';
import { denyPermissions } from './permissions.ts';
import { runApp } from './run-app.ts';
import { registerScheme } from './scheme.ts';
import { keepUserDataIn } from './user-data.ts';

async function main(): Promise<void> {
  // What comes before the first `await` is done before the app is ready, as Electron asks of it.
  const dataDir = defaultDataDir();
  app.setAppUserModelId('io.github.poolboard');
  registerScheme();
  keepUserDataIn(dataDir);
  const opened = pathsOfArgv(process.argv, process.cwd(), app.isPackaged);
  if (!takeInstanceLock(opened)) {
    app.exit(0);
    return;
  }
  const files = hearOpenedFiles(opened);

  await app.whenReady();
  denyPermissions(session.defaultSession);
  await runApp(dataDir, files);
}

main().catch((error: unknown) => {
  showStartError(error);
  app.exit(1);
});
