import { readProcStat } from './proc-stat.ts';

/** For tests: false for a process that has ended, though nobody may have asked for its exit status yet. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    return readProcStat(pid)?.hasEnded === false;
  } catch {
    return false;
  }
}
