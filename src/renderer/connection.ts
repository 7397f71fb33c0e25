import { create } from 'zustand';
import type { Bridge } from '../shared/bridge.ts';
import { contract } from '../shared/contract.ts';
import { createClient } from '../shared/rpc.ts';
import { type Link, socketTransport } from './transport-socket.ts';

declare global {
  interface Window {
    poolboard?: Bridge;
  }
}

/** The Electron app's preload; undefined where the window is a page of the web host. */
export const bridge = window.poolboard;

/** How the window is connected to its host. In the Electron app it always is. */
export const useLink = create<{ link: Link }>(() => ({
  link: { state: bridge ? 'open' : 'connecting' },
}));

const socket = bridge
  ? undefined
  : socketTransport(new URL('/socket', location.href.replace(/^http/, 'ws')).href, (link) =>
      useLink.setState({ link }),
    );

/** The host, as the contract declares it. */
export const client = createClient(contract, bridge ?? socket!);

/** Tries to connect now instead of after the wait. */
export const reconnectNow = (): void => socket?.retryNow();

/** Calls `listener` now, or as soon as the host can be asked, and again after each reconnection. */
export function onConnected(listener: () => void): void {
  if (useLink.getState().link.state === 'open') listener();
  useLink.subscribe(({ link }, before) => {
    if (link.state === 'open' && before.link.state !== 'open') listener();
  });
}
