import { spawnSync } from 'node:child_process';
import { descendantsOf } from '../launchers/kill-tree.ts';
import { readProcStat } from '../launchers/proc-stat.ts';

/** The unit of CPU times in /proc, milliseconds: USER_HZ is 100 wherever Node runs (man 5 proc_pid_stat, man 7 time). */
const tickMs = 10;

/**
 * CPU time, milliseconds, that a process and all its descendants have used so far; on Linux with that of their
 * children that have ended. Null where there is no such process, and on Windows, which has no quick way to ask.
 * It grows while anything works, but is no exact sum: what an orphan used is lost with it.
 *
 * Reads all of the process table: meant for a process that is under suspicion, not for each one each second.
 */
export function treeCpuMs(pid: number): number | null {
  if (process.platform === 'win32') return null;
  const tree = [pid, ...descendantsOf(pid)];
  return process.platform === 'linux' ? cpuFromProc(tree) : cpuFromPs(tree);
}

function cpuFromProc(tree: number[]): number | null {
  let ticks: number | null = null;
  for (const pid of tree) {
    const stat = readProcStat(pid);
    // It may have ended since it was listed.
    if (stat) ticks = (ticks ?? 0) + stat.cpuTicks;
  }
  return ticks === null ? null : ticks * tickMs;
}

/** The same from `ps`, without the children that have ended, which it does not tell of. */
export function cpuFromPs(tree: readonly number[]): number | null {
  const { stdout } = spawnSync('ps', ['-o', 'time=', '-p', tree.join(',')], { encoding: 'utf8' });
  const lines = (stdout ?? '').split('\n').filter((line) => line.trim() !== '');
  return lines.length === 0 ? null : lines.reduce((sum, line) => sum + readPsTime(line), 0);
}

/** Milliseconds of a time as `ps` writes it: `1:02.34` on macOS, `2-03:04:05` on Linux (days, hours). */
export function readPsTime(text: string): number {
  const [clock = '', days = '0'] = text.trim().split('-').reverse();
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round((Number(days) * 86_400 + seconds) * 1000);
}
