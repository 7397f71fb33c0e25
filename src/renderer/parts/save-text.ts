/** Lets the browser save a file that the window has made. */
export function saveText(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  // What no file system takes in a name.
  link.download = name
    .replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  link.click();
  // The download has begun by then; until it has, it needs the address.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
