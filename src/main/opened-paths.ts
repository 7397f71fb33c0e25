import { app } from 'electron';
import { z } from 'zod';
import { collect } from './collect.ts';

// Electron hands this to the first instance; any program of this user could be its sender.
const handOverSchema = z.object({ paths: z.array(z.string().min(1)).max(100_000) });

/**
 * Makes this the only app on its data folder.
 * @param paths handed to the app that is already running, where there is one.
 * @returns false where there is: this one has to end.
 */
export function takeInstanceLock(paths: string[]): boolean {
  return app.requestSingleInstanceLock({ paths } satisfies z.infer<typeof handOverSchema>);
}

/** Files that the person opens with the app: those named at its start first, later ones as they come. */
export interface OpenedFiles {
  /** The listener hears at once of what was opened before; without paths the app itself is asked for. */
  listen(listener: (paths: string[]) => void): void;
}

/** Hears of files from now on. Before the app is ready: macOS tells of the first ones that early. */
export function hearOpenedFiles(atStart: string[]): OpenedFiles {
  let hear: ((paths: string[]) => void) | undefined;
  let early = atStart;
  const add = (paths: string[]): void => {
    if (hear) hear(paths);
    else early = [...early, ...paths];
  };

  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const parsed = handOverSchema.safeParse(data);
    add(parsed.success ? parsed.data.paths : []);
  });
  const addSoon = collect(add);
  app.on('open-file', (event, path) => {
    event.preventDefault();
    addSoon(path);
  });

  return {
    listen(listener) {
      hear = listener;
      if (early.length > 0) listener(early);
      early = [];
    },
  };
}
