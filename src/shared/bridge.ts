import type { CallMessage, HostMessage } from './rpc.ts';

/** What the Electron app's preload puts on the window as `window.poolboard`; absent in the web host. */
export interface Bridge {
  send(message: CallMessage): void;
  onMessage(listener: (message: HostMessage) => void): void;
  /** Absolute paths of dropped or picked files, in order; empty text for a file that is not on a disk. */
  pathsOf(files: File[]): string[];
}
