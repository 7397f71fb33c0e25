/** A key as it is called on this machine: on a Mac, Cmd stands where others have Ctrl. */
export const keyName = (key: string, platform: string = navigator.platform): string =>
  /^Mac|^i(Phone|Pad)/.test(platform) ? key.replace(/^Ctrl /, '⌘ ').replace(/^Alt /, '⌥ ') : key;
