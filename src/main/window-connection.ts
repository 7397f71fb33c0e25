import { type BrowserWindow, type IpcMainEvent, ipcMain } from 'electron';
import type { Host, HostConnection } from '../engine/host/connection.ts';
import { callChannel, messageChannel } from '../shared/channels.ts';
import type { PoolboardContract } from '../shared/contract.ts';
import type { Emit, HostMessage } from '../shared/rpc.ts';
import { isWindowUrl } from './window-url.ts';

/** The window's end of its connection, as the rest of the app uses it. */
export interface WindowConnection {
  /** Sends an event; where the page has not asked for anything yet, as soon as it does. */
  emit: Emit<PoolboardContract>;
}

/**
 * Connects the window's page to the host. Only the page itself is heard: its main frame, on its own origin.
 * A page that is loaded anew gets a new connection, so that it hears no answer to a question of the old one.
 */
export function connectWindow(window: BrowserWindow, host: Host): WindowConnection {
  const { webContents } = window;
  const send = (message: HostMessage): void => {
    if (!window.isDestroyed()) webContents.send(messageChannel, message);
  };
  const emit: Emit<PoolboardContract> = (name, payload) => send({ type: 'event', name, payload });

  let connection: HostConnection = host.connect(emit);
  let listening = false;
  let early: HostMessage[] = [];

  const hear = (event: IpcMainEvent, message: unknown): void => {
    if (!isFromPage(event, window)) return;
    listening = true;
    for (const waiting of early.splice(0)) send(waiting);
    const asked = connection;
    void asked.handle(message).then((reply) => {
      if (reply && asked === connection) send(reply);
    });
  };

  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (!isMainFrame || isSameDocument) return;
    connection.close();
    connection = host.connect(emit);
    listening = false;
  });
  ipcMain.on(callChannel, hear);
  window.once('closed', () => {
    ipcMain.removeListener(callChannel, hear);
    connection.close();
    early = [];
  });

  return {
    emit: (name, payload) => {
      if (listening) emit(name, payload);
      else early.push({ type: 'event', name, payload });
    },
  };
}

function isFromPage({ sender, senderFrame: frame }: IpcMainEvent, window: BrowserWindow): boolean {
  if (window.isDestroyed() || sender.id !== window.webContents.id) return false;
  // The frame is null where it is gone by the time that its message is heard.
  return frame !== null && frame.parent === null && isWindowUrl(frame.url);
}
