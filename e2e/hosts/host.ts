import type { Page } from '@playwright/test';

export type HostKind = 'web' | 'electron-double' | 'electron';

/** A running Poolboard with one window, in one of the three windows that the specs run on. */
export interface Host {
  readonly kind: HostKind;
  readonly page: Page;
  /** Standard error so far, for the report of a test that failed. */
  log(): string;
  /** Does something that makes the window export, and gives the file that came of it, written to `file`. */
  exportTo(file: string, act: () => Promise<void>): Promise<void>;
  /** Answers the next request for files or a folder: a native dialog, or the browser's own. */
  pick(paths: string[], act: () => Promise<void>): Promise<void>;
  /** Ends the program as a power cut does, its window with it; resolves when it is gone. */
  kill(): Promise<void>;
  /** Ends the program as a person would who means it; resolves when it is gone. */
  stop(): Promise<void>;
}

/** One of the two Electron windows: what can be done in its main process. */
export interface ElectronHost extends Host {
  /** Runs a function in the main process, with the module `electron`; it cannot use anything around it. */
  evaluate<Result, Argument>(
    run: (electron: typeof import('electron'), argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result>;
  /** Resolves when the program has ended, with its exit code. */
  readonly exited: Promise<number | null>;
}

export interface StartOptions {
  dataDir: string;
  /** More words of the command line. */
  paths?: string[];
  env?: Record<string, string>;
}
