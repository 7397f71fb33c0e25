import { packMessage, unpackMessage } from '../shared/packed-indices.ts';
import type { FromWorker, ToWorker } from '../shared/wire.ts';

/** The pool's end of this process's channel. */
export interface Parent {
  /**
   * Throws where the message holds something that structured clone refuses. Answers false where much of what was
   * posted still waits in this process, as far as the platform tells.
   */
  post(message: FromWorker): boolean;
  onMessage(listener: (message: ToWorker) => void): void;
  /** The pool is gone: nobody will hear of any result. */
  onClose(listener: () => void): void;
  /** True where the platform ends this process with its parent by itself. */
  readonly endsWithParent: boolean;
}

/** What Electron's utility processes have in place of `process.send`. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** Finds the channel: Electron's `process.parentPort`, or the one of `child_process.fork`. */
export function connectParent(): Parent {
  const { parentPort } = process as unknown as { parentPort?: ParentPort };
  if (parentPort) {
    const send = parentPort.postMessage.bind(parentPort);
    // As below: what a task says by the worker's channel would be taken for the worker's own words.
    parentPort.postMessage = () => {};
    return {
      post(message) {
        send(message);
        return true;
      },
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data as ToWorker)),
      // Electron ends its utility processes with itself.
      onClose: () => {},
      endsWithParent: true,
    };
  }
  // Taken now, and away from the tasks: they find what a process has that nobody listens to.
  const send = process.send?.bind(process);
  if (!send) throw new Error('A worker is started by the pool, not by hand.');
  process.send = undefined;
  return {
    post: (message) => send(packMessage(message), undefined, undefined, ignoreClosedChannel),
    onMessage: (listener) => process.on('message', (message) => listener(unpackMessage<ToWorker>(message))),
    onClose: (listener) => process.on('disconnect', listener),
    endsWithParent: false,
  };
}

/** Without a callback a failed send is an 'error' event on `process`; `onClose` tells it already. */
function ignoreClosedChannel(): void {}
