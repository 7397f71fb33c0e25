import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { killAll, processesWith, whenGone, whichCanEnd } from './processes.ts';

it('finds the processes of a run and what they have started, and tells those that are stopped', async () => {
  const marker = `faults-test-${process.pid}-${Date.now()}`;
  const child = spawn('sh', ['-c', 'sleep 1000 & echo $!; wait'], {
    env: { ...process.env, MARKER: marker },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const grandchild = Number(String(line));
  // Between a fork and its exec a process is a second one of its parent.
  while (!processesWith(marker).some(({ command }) => command.includes('sleep 1000'))) {
    await new Promise(setImmediate);
  }
  const pids = processesWith(marker).map(({ pid }) => pid);
  expect(pids.sort()).toEqual([child.pid!, grandchild].sort());
  process.kill(grandchild, 'SIGSTOP');
  const isStopped = () => processesWith(marker).find(({ pid }) => pid === grandchild)?.isStopped;
  while (!isStopped()) await new Promise(setImmediate);
  expect(await whenGone(marker, 0)).toHaveLength(2);
  expect(whichCanEnd(processesWith(marker)).map(({ pid }) => pid)).toEqual([child.pid]);
  process.kill(grandchild, 'SIGCONT');
  process.kill(child.pid!, 'SIGSTOP');
  while (processesWith(marker).find(({ pid }) => pid === child.pid)?.isStopped !== true) {
    await new Promise(setImmediate);
  }
  expect(await whenGone(marker, 0, whichCanEnd)).toEqual([]);
  killAll(processesWith(marker));
  expect(await whenGone(marker, 10_000)).toEqual([]);
});
