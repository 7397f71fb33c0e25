import { readdirSync, readFileSync } from 'node:fs';
import { signalAll } from '../src/engine/launchers/kill-tree.ts';
import { readProcStat } from '../src/engine/launchers/proc-stat.ts';

export interface Found {
  pid: number;
  parent: number;
  /** It was stopped by a signal: it can do nothing, and so not end by itself. */
  isStopped: boolean;
  /** It is in the group of a worker that is gone. */
  isOrphan: boolean;
  /** For people. */
  command: string;
}

/** The processes that have a text in their environment: a run's own, with all that they have started. */
export function processesWith(marker: string): Found[] {
  const found: Found[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    try {
      if (!readFileSync(`/proc/${name}/environ`, 'latin1').includes(marker)) continue;
      const pid = Number(name);
      const stat = readProcStat(pid);
      if (!stat || stat.hasEnded) continue;
      const { state, parent, group } = stat;
      const command = readFileSync(`/proc/${name}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
      found.push({
        pid,
        parent,
        isStopped: state === 'T',
        isOrphan: group !== pid && readProcStat(group)?.hasEnded !== false,
        command: `${name} (${state}, child of ${parent}): ${command.slice(0, 150)}`,
      });
    } catch {
      // It ended while it was looked at.
    }
  }
  return found;
}

/** Processes that can end by themselves: they are not stopped, nor do they wait for an ancestor that is. */
export function whichCanEnd(found: Found[]): Found[] {
  const byPid = new Map(found.map((process) => [process.pid, process]));
  const canEnd = (process: Found | undefined): boolean =>
    !process || (!process.isStopped && canEnd(byPid.get(process.parent)));
  return found.filter(canEnd);
}

/** Waits until none is left of those that `counts` picks. Answers those that are still there after `patienceMs`. */
export async function whenGone(
  marker: string,
  patienceMs: number,
  counts: (found: Found[]) => Found[] = (found) => found,
): Promise<string[]> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const left = counts(processesWith(marker));
    if (left.length === 0 || performance.now() > until) return left.map(({ command }) => command);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function killAll(found: Found[]): void {
  signalAll(
    found.map(({ pid }) => pid),
    'SIGKILL',
  );
}
