import { captureOutput } from './capture.ts';
import { followClock } from './clock.ts';
import { currentTask, taskScope } from './current-task.ts';
import { dieWithParent, endGroup } from './lifeline.ts';
import { loadRunner } from './load.ts';
import { connectParent } from './parent.ts';
import { takePriority } from './priority.ts';
import type { RunningTask } from './running-task.ts';
import { takeJournal } from './temporaries.ts';
import { Worker } from './worker.ts';

/** The worker process: connects the pool's messages, the tasks' output and the process's own end to a `Worker`. */

takePriority();
// What tasks start is known by it: see `src/engine/launchers/orphans.ts`.
process.env.POOLBOARD_WORKER = String(process.pid);
takeJournal();
const parent = connectParent();
const leave = process.exit.bind(process);
const writeRaw = process.stderr.write.bind(process.stderr);
// Nobody reads the output of a worker whose host was killed; a write to it must not count as a task's own error,
// which would be written there again.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
const worker = new Worker(parent.post, loadRunner, taskScope, () => leave(0));

captureOutput((stream, text) => {
  const task = currentTask<RunningTask>();
  if (task) worker.print(task, stream, text);
  else writeRaw(text);
});

/** Thrown to unwind the stack of a task that called `process.exit`; what happens to it no longer matters. */
const exiting = new Error('process.exit was called');

process.exit = ((code?: number | string | null) => {
  const task = currentTask<RunningTask>() ?? worker.only;
  if (!task) leave(code);
  else worker.exitCalled(task, Number(code ?? process.exitCode ?? 0));
  throw exiting;
}) as typeof process.exit;

// An error that no task can catch (a timer's, a stray promise's) ends a program; here it ends the task,
// and the process after it, for nobody knows what was left half done.
process.on('uncaughtException', (error) => {
  if (error === exiting) return;
  const task = currentTask<RunningTask>() ?? worker.only;
  if (task && worker.running.has(task)) worker.exitCalled(task, 1, error);
  else writeRaw(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
});

// Ctrl-C in a terminal goes to the whole group; the pool decides what it means for the workers.
process.on('SIGINT', () => {});
parent.onClose(() => {
  // Last of all that is done at the end: it ends this process too.
  process.on('exit', endGroup);
  leave(1);
});
if (!parent.endsWithParent) dieWithParent();
parent.onMessage((message) => worker.receive(message));

setInterval(() => worker.tick(), 50).unref();
let lastStats = 0;
setInterval(() => {
  followClock();
  if (worker.running.size > 0) parent.post({ type: 'beat' });
  const { user, system } = process.cpuUsage();
  const cpuMs = (user + system) / 1000;
  // An idle worker has nothing to tell, once it has told that.
  if (cpuMs - lastStats < 5) return;
  lastStats = cpuMs;
  parent.post({ type: 'stats', cpuMs, memoryBytes: process.memoryUsage.rss() });
}, 1000).unref();

parent.post({ type: 'ready', pid: process.pid });
void worker.run();
