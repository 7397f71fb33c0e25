import { create } from 'zustand';
import { t } from '../words/t.ts';
import { encodePath, type LooseFile, packOf, type UploadJob, uploadJobs } from './upload-jobs.ts';

export interface UploadProgress {
  /** 0 while what was dropped is still being read. */
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

/** Browsers make at most six requests at once to one host, and one is for what the window asks meanwhile. */
const parallel = 5;

/**
 * Uploads what was dropped or picked together and answers with the paths, on the host, of what lay at its top:
 * a folder is one path. Throws a sentence where a file could not be read or sent, and an `AbortError` where
 * it was canceled.
 */
export async function upload(reading: Promise<LooseFile[]>): Promise<string[]> {
  const aborter = new AbortController();
  const { signal } = aborter;
  const progress = { files: 0, filesDone: 0, bytes: 0, bytesDone: 0 };
  const tell = () => useUploads.setState({ progress: { ...progress } });
  useUploads.setState({ cancel: () => aborter.abort() });
  tell();
  try {
    const files = await reading;
    signal.throwIfAborted();
    progress.files = files.length;
    progress.bytes = files.reduce((sum, { file }) => sum + file.size, 0);
    tell();
    const url = `/upload/${crypto.randomUUID()}`;
    const roots = new Set<string>();
    const waiting = uploadJobs(files).values();
    const work = async () => {
      for (const job of waiting) {
        for (const root of await send(url, job, signal)) roots.add(root);
        progress.filesDone += job.files.length;
        progress.bytesDone += job.bytes;
        tell();
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));
    return [...roots];
  } catch (error) {
    // The other requests would go on for nothing.
    aborter.abort();
    throw error;
  } finally {
    useUploads.setState({ progress: null });
  }
}

async function send(url: string, { files }: UploadJob, signal: AbortSignal): Promise<string[]> {
  const [first] = files;
  const alone = files.length === 1 && first !== undefined;
  const response = await fetch(alone ? `${url}/${encodePath(first.path)}` : url, {
    method: alone ? 'PUT' : 'POST',
    body: alone ? first.file : packOf(files),
    signal,
  }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    const path = first?.path ?? '';
    throw new Error(
      alone ? t('upload.failed', { path }) : t('upload.failed-among', { path, count: files.length }),
    );
  });
  // The host answers with one sentence of what is wrong.
  if (!response.ok) throw new Error((await response.text()).trim());
  const answer = (await response.json()) as { root: string } | { roots: string[] };
  return 'roots' in answer ? answer.roots : [answer.root];
}
