/** A file that was dropped or picked in a browser, with its path below what was dropped. */
export interface LooseFile {
  file: File;
  /** For example `photos/2024/a.jpg`, or `a.jpg`. */
  path: string;
}

/** One request: a file by itself, or many small ones together. */
export interface UploadJob {
  files: LooseFile[];
  bytes: number;
}

// A request costs a browser some milliseconds, whatever it holds; a pack should still be quick enough to show
// progress.
const smallBytes = 500_000;
const packBytes = 8_000_000;
const packFiles = 200;

/** Divides files into requests: small ones together, in the order in which they come, large ones alone. */
export function uploadJobs(files: readonly LooseFile[]): UploadJob[] {
  const jobs: UploadJob[] = [];
  let pack: UploadJob | undefined;
  for (const loose of files) {
    const { size } = loose.file;
    if (size > smallBytes) {
      jobs.push({ files: [loose], bytes: size });
      continue;
    }
    if (!pack || pack.files.length >= packFiles || pack.bytes + size > packBytes) {
      pack = { files: [], bytes: 0 };
      jobs.push(pack);
    }
    pack.files.push(loose);
    pack.bytes += size;
  }
  return jobs;
}

/** A path with each part percent-encoded, as the web host takes it. */
export const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/**
 * Many files as one body: the length of the head, the head (JSON: path and bytes of each file), the files. The
 * browser reads them from the disk only as it sends them.
 */
export function packOf(files: readonly LooseFile[]): Blob {
  const head = new TextEncoder().encode(
    JSON.stringify(files.map(({ file, path }) => ({ path: encodePath(path), bytes: file.size }))),
  );
  const length = new DataView(new ArrayBuffer(4));
  length.setUint32(0, head.length);
  return new Blob([length, head, ...files.map(({ file }) => file)]);
}
