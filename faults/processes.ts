import { readdirSync, readFileSync } from 'node:fs';

export interface Found {
  pid: number;
  parent: number;
  /** It was stopped by a signal: it can do nothing, and so not end by itself. */
  isStopped: boolean;
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
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      // It has ended, and nobody has asked for its exit status yet.
      if (state === 'Z' || state === 'X') continue;
      const command = readFileSync(`/proc/${name}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
      found.push({
        pid: Number(name),
        parent: Number(parent),
        isStopped: state === 'T',
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

export function killAll(marker: string): void {
  for (const { pid } of processesWith(marker)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
}
