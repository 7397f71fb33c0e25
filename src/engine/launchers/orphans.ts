import { readdirSync, readFileSync } from 'node:fs';
import { readProcStat } from './proc-stat.ts';

/** A worker's environment, and so that of what its tasks start, names the worker's process. */
const variable = 'POOLBOARD_WORKER';

/**
 * Ends what tasks have started and nobody was left to end: processes in the group of a worker that is gone. Its
 * host sees to that, or it does so itself when its host is gone; of those that die in the same moment neither can.
 * What has left its worker's group stays. Never throws. Linux only: elsewhere nobody tells the environment of a
 * process.
 */
export function endOrphans(): void {
  if (process.platform !== 'linux') return;
  try {
    for (const name of readdirSync('/proc')) if (/^\d+$/.test(name)) endIfOrphan(Number(name));
  } catch {
    // The system does not tell of its processes.
  }
}

function endIfOrphan(pid: number): void {
  const group = readProcStat(pid)?.group;
  // While a group has members no other process gets its number.
  if (group === undefined || group <= 1 || group === pid || readProcStat(group)?.hasEnded === false) return;
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
    if (environment.includes(`${variable}=${group}`)) process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile, or is another user's.
  }
}
