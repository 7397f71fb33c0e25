// Gives a forked process what Electron gives its utility processes, in place of what Node gives its children.
import { EventEmitter } from 'node:events';

const send = process.send.bind(process);
// Taken now: a worker puts an exit of its own in its place.
const exit = process.exit.bind(process);

class ParentPort extends EventEmitter {
  #early = [];

  constructor() {
    super();
    process.on('message', (data) => {
      const event = { data, ports: [] };
      if (this.listenerCount('message') > 0) this.emit('message', event);
      else this.#early.push(event);
    });
    // Messages wait until somebody listens.
    this.on('newListener', (name) => {
      if (name !== 'message') return;
      queueMicrotask(() => {
        for (const event of this.#early.splice(0)) this.emit('message', event);
      });
    });
  }

  postMessage(message) {
    send(message, undefined, undefined, () => {});
  }
}

const define = (name, value) =>
  Object.defineProperty(process, name, { value, configurable: true, writable: true, enumerable: true });

define('parentPort', new ParentPort());
define('type', 'utility');
define('versions', Object.freeze({ ...process.versions, electron: '45.0.0' }));
define('send', undefined);

// A utility process ends with the app. Node itself calls `disconnect` when the app is gone: without one it throws,
// which a worker takes for an error of the task that it runs.
define('disconnect', () => exit(0));
