import { download } from '../download.ts';

/** Lets the browser save a file that the window has made. */
export function saveText(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  // Without what no file system takes in a name.
  const plain = name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' ').replaceAll(/\s+/g, ' ');
  download(url, plain.trim());
  // The download has begun by then; until it has, it needs the address.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
