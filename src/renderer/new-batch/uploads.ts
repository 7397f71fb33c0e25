import { create } from 'zustand';
import { t } from '../words/t.ts';

/** A file that was dropped or picked in a browser, with its path below what was dropped. */
export interface LooseFile {
  file: File;
  /** For example `photos/2024/a.jpg`, or `a.jpg`. */
  path: string;
}

export interface UploadProgress {
  files: number;
  filesDone: number;
  bytes: number;
  bytesDone: number;
}

/** Files on their way to the web host; null while there are none. */
export const useUploads = create<{ progress: UploadProgress | null; cancel: () => void }>(() => ({
  progress: null,
  cancel: () => {},
}));

/** As many requests at once as browsers make to one host. */
const parallel = 6;

/** Where the web host takes a file of one drop. */
export const uploadUrl = (drop: string, path: string): string =>
  `/upload/${drop}/${path.split('/').map(encodeURIComponent).join('/')}`;

/**
 * Uploads what was dropped or picked together and answers with the paths, on the host, of what lay at its top:
 * a folder is one path. Throws a sentence where a file could not be read or sent, and an `AbortError` where
 * it was canceled.
 */
export async function upload(files: readonly LooseFile[]): Promise<string[]> {
  const drop = crypto.randomUUID();
  const aborter = new AbortController();
  const progress = {
    files: files.length,
    filesDone: 0,
    bytes: files.reduce((sum, { file }) => sum + file.size, 0),
    bytesDone: 0,
  };
  const tell = throttled(() => useUploads.setState({ progress: { ...progress } }));
  useUploads.setState({ progress: { ...progress }, cancel: () => aborter.abort() });
  const roots = new Set<string>();
  const waiting = files.values();
  const worker = async () => {
    for (const { file, path } of waiting) {
      roots.add(await put(uploadUrl(drop, path), file, path, aborter.signal));
      progress.filesDone += 1;
      progress.bytesDone += file.size;
      tell();
    }
  };
  try {
    await Promise.all(Array.from({ length: parallel }, worker));
  } catch (error) {
    // The others would go on for nothing.
    aborter.abort();
    throw error;
  } finally {
    useUploads.setState({ progress: null });
  }
  return [...roots];
}

async function put(url: string, file: File, path: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { method: 'PUT', body: file, signal }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new Error(t('upload.failed', { path }));
  });
  if (!response.ok) throw new Error(t('upload.refused', { path, status: String(response.status) }));
  return ((await response.json()) as { root: string }).root;
}

function throttled(run: () => void): () => void {
  let last = 0;
  return () => {
    const now = performance.now();
    if (now - last < 100) return;
    last = now;
    run();
  };
}
