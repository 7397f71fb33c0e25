import { Worker } from 'node:worker_threads';

/** How often the thread looks, milliseconds: how long a worker may outlive its pool. */
const lookEveryMs = 500;

/**
 * Ends this process when its parent is gone, whatever it is doing. The channel tells of that too, but only a
 * process that comes back to its event loop hears it; a task that loops for ever would live for ever. So a
 * thread watches: an orphan's parent is another process than before.
 */
export function dieWithParent(): void {
  const code = `
    const { workerData } = require('node:worker_threads');
    setInterval(() => {
      if (process.ppid === workerData.parent) return;
      // With all that its tasks have started: the pool gave it a process group of its own, where there are any.
      try { process.kill(-process.pid, 'SIGKILL'); } catch {}
      process.kill(process.pid, 'SIGKILL');
    }, workerData.every);`;
  const thread = new Worker(code, {
    eval: true,
    execArgv: [],
    env: {},
    workerData: { parent: process.ppid, every: lookEveryMs },
    resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 },
  });
  thread.unref();
}

/** Ends this process with all that its tasks have started, where the pool gave it a process group of its own. */
export function endGroup(): void {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    // It leads no group: on Windows, or in Electron.
  }
}
