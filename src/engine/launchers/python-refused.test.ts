import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import type { WorkerExit } from '../launcher.ts';
import { pythonLauncher } from './python.ts';

/** What Node makes of a process for which there are no file descriptors left: it has no pipes at all. */
const refused = vi.hoisted(() => ({ process: null as unknown as EventEmitter }));
vi.mock('node:child_process', async (original) => ({
  ...(await original<object>()),
  spawn: () => refused.process,
}));

test('too few file descriptors for an interpreter are told as its end', async () => {
  refused.process = new EventEmitter();
  const worker = pythonLauncher('python3').launch({ name: 'refused' });
  const exit = new Promise<WorkerExit>((resolve) => worker.onExit(resolve));
  worker.post({ type: 'exit' });
  refused.process.emit('error', new Error('spawn python3 EMFILE'));
  expect(await exit).toEqual({ code: null, signal: null, reason: 'spawn python3 EMFILE' });
});
