import { t } from '../words/t.ts';
import type { LooseFile } from './upload-jobs.ts';

/**
 * The files of a drop in a browser, those within folders too, in the order of the drop. Has to be called while
 * the event is handled. Throws a sentence that names what could not be read.
 *
 * By `webkitGetAsEntry`, which every browser has, and not by `getAsFileSystemHandle`: Chromium leaves files out
 * of a handle's listing, without a word, where their names are not safe on every platform (`a"b`, `x.lnk`).
 */
export async function filesOfDrop(data: DataTransfer): Promise<LooseFile[]> {
  const items = [...data.items].filter(({ kind }) => kind === 'file');
  const dropped = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const files = await Promise.all(
    dropped.map(({ entry, file }) => {
      if (entry) return filesBelow(entry, entry.name);
      return file ? [{ file, path: file.name }] : [];
    }),
  );
  return files.flat();
}

async function filesBelow(entry: FileSystemEntry, path: string): Promise<LooseFile[]> {
  if (isFile(entry)) return [{ file: await read(path, entry.file.bind(entry)), path }];
  if (!isFolder(entry)) return [];
  const children = await childrenOf(entry, path);
  const files = await Promise.all(children.map((child) => filesBelow(child, `${path}/${child.name}`)));
  return files.flat();
}

async function childrenOf(folder: FileSystemDirectoryEntry, path: string): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    // A reader gives a hundred at a time, and none at the end.
    const some = await read<FileSystemEntry[]>(path, reader.readEntries.bind(reader));
    if (some.length === 0) return children;
    children.push(...some);
  }
}

const read = <Value>(
  path: string,
  call: (done: (value: Value) => void, failed: (error: DOMException) => void) => void,
): Promise<Value> =>
  new Promise((resolve, reject) => call(resolve, () => reject(new Error(t('drop.unreadable', { path })))));

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
