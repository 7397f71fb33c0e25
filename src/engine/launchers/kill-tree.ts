import { spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { readProcStat } from './proc-stat.ts';

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
  signalAll(tree, signal);
}

/** Sends a signal to processes; those that have ended since they were listed are passed over. */
export function signalAll(pids: Iterable<number>, signal: EndSignal): void {
  for (const pid of pids) send(pid, signal);
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
    const stat = readProcStat(pid);
    // It may have ended while the folder was read.
    if (stat) entries.push({ pid, parent: stat.parent });
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
