/** The two IPC channels between the Electron app's main process and its preload; see `rpc.ts` for the messages. */
export const callChannel = 'poolboard:call';
export const messageChannel = 'poolboard:message';
