import { extname } from 'node:path';
import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron';
import type { PickKind } from '../engine/host/connection.ts';
import type { ExportFormat } from '../shared/contract.ts';
import { say } from './words/say.ts';

const pickOptions = (): Record<PickKind, OpenDialogOptions> => ({
  files: {
    title: say('pick.files'),
    buttonLabel: say('pick.add'),
    properties: ['openFile', 'multiSelections'],
  },
  folder: {
    title: say('pick.folder'),
    buttonLabel: say('pick.add'),
    properties: ['openDirectory', 'multiSelections'],
  },
  task: {
    title: say('pick.task'),
    buttonLabel: say('pick.choose'),
    properties: ['openFile'],
    filters: [
      { name: say('pick.task-files'), extensions: ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts', 'py'] },
      { name: say('pick.all-files'), extensions: ['*'] },
    ],
  },
  rows: {
    title: say('pick.rows'),
    buttonLabel: say('pick.choose'),
    properties: ['openFile'],
    filters: [
      {
        name: say('pick.row-files'),
        extensions: ['txt', 'csv', 'tsv', 'json', 'jsonl', 'ndjson', 'parquet', 'xlsx', 'gz'],
      },
      { name: say('pick.all-files'), extensions: ['*'] },
    ],
  },
});

/** Asks for files, a folder, a task file or a file of rows; none where the dialog was closed. */
export async function pickPaths(window: BrowserWindow, what: PickKind): Promise<string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, pickOptions()[what]);
  return canceled ? [] : filePaths;
}

const formatNames: Record<ExportFormat | 'txt', string> = {
  txt: 'Text',
  csv: 'Comma-separated values',
  json: 'JSON',
  jsonl: 'JSON lines',
  parquet: 'Parquet',
  xlsx: 'Excel workbook',
  html: 'Report (HTML)',
};

/** Asks where to save an export; undefined where the dialog was closed. */
export async function pickExportFile(
  window: BrowserWindow,
  name: string,
  format: ExportFormat | 'txt',
): Promise<string | undefined> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: say('export.title'),
    buttonLabel: say('export.title'),
    defaultPath: name,
    filters: [{ name: formatNames[format], extensions: [format] }],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  });
  if (canceled || !filePath) return undefined;
  // Some desktops do not add the extension of the filter that was chosen.
  return extname(filePath) === '' ? `${filePath}.${format}` : filePath;
}

/** Asks whether to quit although `count` batches are running. */
export async function confirmQuit(window: BrowserWindow | undefined, count: number): Promise<boolean> {
  const options = {
    type: 'warning' as const,
    message: count === 1 ? say('quit.one') : say('quit.more', { count }),
    detail: say('quit.detail'),
    buttons: [say('quit.anyway'), say('quit.keep')],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
  const { response } = await (window
    ? dialog.showMessageBox(window, options)
    : dialog.showMessageBox(options));
  return response === 0;
}

/** Says why the app cannot start. */
export function showStartError(error: unknown): void {
  dialog.showErrorBox(say('start.failed'), error instanceof Error ? error.message : String(error));
}
