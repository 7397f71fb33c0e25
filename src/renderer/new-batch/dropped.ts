import { isPresetFile } from '../../shared/contract/presets.ts';
import type { HostInfo } from '../../shared/contract.ts';
import { bridge, client } from '../connection.ts';
import { importPresets } from '../presets/presets-state.ts';
import { useHost } from '../state/host.ts';
import { go } from '../state/place.ts';
import { report, toast } from '../state/toasts.ts';
import { t } from '../words/t.ts';
import { roleOf } from './draft.ts';
import { addPaths, edit, useDraft } from './draft-state.ts';
import { filesOfDrop } from './drop-files.ts';
import { emptyTable } from './table-options.ts';
import type { LooseFile } from './upload-jobs.ts';
import { upload } from './uploads.ts';

export type PickKind = 'files' | 'folder' | 'task' | 'rows';

/** Where something was dropped: on the field for the task file, for rows, for a folder to watch, or anywhere else. */
export type DropTarget = 'task' | 'rows' | 'watch' | 'anywhere';

/** Takes a drop on the window. Has to be called while the event is handled: its files are gone afterwards. */
export function takeDrop(event: DragEvent, target: DropTarget): void {
  const data = event.dataTransfer;
  if (!data) return;
  if (data.types.includes('Files')) {
    const [preset, ...others] = [...data.files];
    if (preset && others.length === 0 && isPresetFile(preset.name)) {
      void importPresets(preset);
      return;
    }
    settle(pathsOfDrop(data), (paths) => place(paths, target));
    return;
  }
  const text = data.getData('text/plain');
  if (text.trim() === '') return;
  go({ screen: 'new' });
  edit({ inputs: 'rows', rowsFrom: 'text', rowsText: text });
}

/** Opens the host's own dialog where it has one; otherwise the browser's, through `input`. */
export function pick(what: PickKind, input: HTMLInputElement | null): void {
  if (nativeDialogs(useHost.getState().info)) {
    settle(client.host.pick({ what }), (paths) => placePicked(paths, what));
  } else input?.click();
}

/** Takes files that were picked with the browser's dialog. */
export function takePicked(input: HTMLInputElement, what: PickKind): void {
  const files = [...(input.files ?? [])].map((file) => ({
    file,
    path: file.webkitRelativePath || file.name,
  }));
  input.value = '';
  if (files.length > 0) settle(pathsOfFiles(files), (paths) => placePicked(paths, what));
}

/** Takes paths that the host gave: "Open with", a drop on the application's icon. */
export const takePaths = (paths: readonly string[]): void => place(paths, 'anywhere');

export const nativeDialogs = (info: HostInfo | null): boolean => info?.nativeDialogs ?? false;

async function pathsOfDrop(data: DataTransfer): Promise<string[]> {
  if (bridge) return bridge.pathsOf([...data.files]).filter((path) => path !== '');
  return upload(filesOfDrop(data));
}

async function pathsOfFiles(files: LooseFile[]): Promise<string[]> {
  if (bridge) return bridge.pathsOf(files.map(({ file }) => file)).filter((path) => path !== '');
  return upload(Promise.resolve(files));
}

function settle(paths: Promise<string[]>, use: (paths: string[]) => void): void {
  go({ screen: 'new' });
  paths.then(use, (error: unknown) => {
    if (!(error instanceof DOMException && error.name === 'AbortError')) report(error);
  });
}

function placePicked(paths: readonly string[], what: PickKind): void {
  const [first] = paths;
  if (first === undefined) return;
  if (what === 'task') edit({ task: 'file', file: first, functionName: '' });
  else if (what === 'rows') edit({ inputs: 'rows', rowsFrom: 'file', rowsFile: first, table: emptyTable });
  else addPaths(paths);
}

function place(paths: readonly string[], target: DropTarget): void {
  const [first] = paths;
  go({ screen: 'new' });
  if (first === undefined) {
    toast('info', t('drop.nothing'));
    return;
  }
  const alone = paths.length === 1;
  const role = alone ? roleOf(first) : 'input';
  useDraft.setState({ guess: null });
  // What a browser has sent is a copy, which nothing is added to.
  if (target === 'watch' && alone && bridge)
    edit({ inputs: 'watch', watch: { ...useDraft.getState().draft.watch, folder: first } });
  else if (alone && (target === 'task' || target === 'rows')) placePicked(paths, target);
  else if (role === 'input') addPaths(paths);
  else takeAs(first, role);
}

/** Uses a file that was dropped alone as the task, as rows, or as an input with an offer to use its lines. */
export function takeAs(path: string, as: 'task' | 'rows' | 'lines'): void {
  if (as === 'task') edit({ task: 'file', file: path, functionName: '' });
  else if (as === 'rows') edit({ inputs: 'rows', rowsFrom: 'file', rowsFile: path, table: emptyTable });
  else addPaths([path]);
  useDraft.setState({ guess: { path, as } });
}

/** Corrects what a dropped file was taken for. */
export function takeOtherwise(): void {
  const { guess, draft } = useDraft.getState();
  if (!guess) return;
  if (guess.as === 'lines') {
    const paths = draft.paths.filter((path) => path !== guess.path);
    edit({ paths, inputs: 'rows', rowsFrom: 'file', rowsFile: guess.path, table: emptyTable });
  } else {
    if (guess.as === 'task') edit({ file: '' });
    else edit({ rowsFile: '' });
    addPaths([guess.path]);
  }
  useDraft.setState({ guess: null });
}
