import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '../shared/bridge.ts';
import { callChannel, messageChannel } from '../shared/channels.ts';
import type { HostMessage } from '../shared/rpc.ts';

/**
 * All that the window can reach of Electron: one channel to ask, one to hear, and the paths of files that a
 * person dropped. The contract on top of it is checked by the host.
 */
const bridge: Bridge = {
  send: (message) => ipcRenderer.send(callChannel, message),
  onMessage(listener) {
    ipcRenderer.on(messageChannel, (_event, message: HostMessage) => listener(message));
  },
  // The path is the browser's knowledge, not the page's: a `File` made by a script has none.
  pathsOf: (files) => files.map((file) => webUtils.getPathForFile(file)),
};

contextBridge.exposeInMainWorld('poolboard', bridge);
