import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

export type EndSignal = 'SIGTERM' | 'SIGKILL';

/**
 * Ends a process and all its descendants, whoever started them. Never throws; processes that are gone, or that
 * belong to others, are passed over. On Windows, which knows no SIGTERM, both signals end them at once.
 *
 * With SIGKILL none gets away by starting children meanwhile: each is stopped before its children are listed.
 * A descendant whose own parent ended before belongs to nobody's tree any more and is not found.
 */
export function killTree(pid: number, signal: EndSignal): void {
  if (process.platform === 'win32') {
    const options = { stdio: 'ignore', windowsHide: true } as const;
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], options).on('error', () => send(pid, signal));
    return;
  }
  const tree = signal === 'SIGKILL' ? stoppedTree(pid) : [pid, ...descendantsOf(pid)];
  for (const member of tree) send(member, signal);
}

/** The process ids of the children of a process, of their children, and so on; parents before children. */
export function descendantsOf(pid: number): number[] {
  const children = Map.groupBy(listProcesses(), (entry) => entry.parent);
  const found: number[] = [];
  for (let queue = [pid]; queue.length > 0; ) {
    const next = queue.flatMap((parent) => children.get(parent) ?? []).map((entry) => entry.pid);
    found.push(...next);
    queue = next;
  }
  return found;
}

function stoppedTree(pid: number): number[] {
  const stopped = new Set<number>();
  const stop = (members: number[]): boolean => {
    const fresh = members.filter((member) => !stopped.has(member));
    for (const member of fresh) {
      send(member, 'SIGSTOP');
      stopped.add(member);
    }
    return fresh.length > 0;
  };
  stop([pid]);
  // A round without a new process means that all of the tree is stopped, so that it cannot grow any more.
  while (stop(descendantsOf(pid)));
  return [...stopped];
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended since it was listed.
  }
}

interface ProcessEntry {
  pid: number;
  parent: number;
}

function listProcesses(): ProcessEntry[] {
  return process.platform === 'linux' ? listFromProc() : listFromPs();
}

function listFromProc(): ProcessEntry[] {
  const entries: ProcessEntry[] = [];
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      // "pid (name) state parent …", where the name may hold spaces and brackets (man 5 proc_pid_stat).
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      entries.push({ pid, parent });
    } catch {
      // It ended while the folder was read.
    }
  }
  return entries;
}

function listFromPs(): ProcessEntry[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return (stdout ?? '')
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid, parent]) => (pid && parent !== undefined ? [{ pid, parent }] : []));
}
