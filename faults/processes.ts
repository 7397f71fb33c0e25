import { readdirSync, readFileSync } from 'node:fs';

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
      const [state, parent, group] = statOf(name);
      if (hasEnded(state)) continue;
      const command = readFileSync(`/proc/${name}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
      found.push({
        pid: Number(name),
        parent: Number(parent),
        isStopped: state === 'T',
        isOrphan: group !== name && !isThere(group!),
        command: `${name} (${state}, child of ${parent}): ${command.slice(0, 150)}`,
      });
    } catch {
      // It ended while it was looked at.
    }
  }
  return found;
}

/** State, parent and group of a process (man 5 proc_pid_stat). */
function statOf(pid: string): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ', 3);
}

/** Also where nobody has asked for its exit status yet. */
const hasEnded = (state: string | undefined): boolean => state === 'Z' || state === 'X';

function isThere(pid: string): boolean {
  try {
    return !hasEnded(statOf(pid)[0]);
  } catch {
    return false;
  }
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
  for (const { pid } of found) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
}
