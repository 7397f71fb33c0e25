import { readFileSync } from 'node:fs';
import type { WorkerExit } from '../launcher.ts';

/** What is known beside a worker's exit. */
export interface MemoryEvidence {
  /** {@link oomKills} when the worker was launched, and after its end. */
  oomKillsAtLaunch: number | null;
  oomKillsAtEnd: number | null;
  /** We sent it a signal ourselves: then its end says nothing. */
  wasKilled: boolean;
}

/**
 * How runtimes say that they have no memory left, on the process's own standard error: V8 (its wording before
 * and since version 11), Python where nothing caught it, C++, Rust, Go.
 */
const lastWords =
  /JavaScript heap out of memory|Fatal (?:process|JavaScript) out of memory|^MemoryError\b|std::bad_alloc|^memory allocation of \d+ bytes failed|^fatal error: runtime: out of memory/m;

/** What ends a process after such words; others are somebody's wish. */
const fatalSignals = ['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGSEGV', 'SIGBUS', 'SIGKILL'];

/**
 * Whether a worker ended for want of memory: its own limit, or the machine's.
 * @param lastOutput the end of what the process itself printed.
 */
export function endedByMemory(exit: WorkerExit, lastOutput: string, evidence: MemoryEvidence): boolean {
  if (exit.reason === 'oom') return true;
  if (evidence.wasKilled || (exit.code === 0 && exit.signal === null)) return false;
  const isFatal = exit.signal === null || fatalSignals.includes(exit.signal);
  if (isFatal && lastWords.test(lastOutput)) return true;
  const { oomKillsAtLaunch, oomKillsAtEnd } = evidence;
  const wasShot = exit.signal === 'SIGKILL' || exit.code === 137;
  return wasShot && oomKillsAtLaunch !== null && oomKillsAtEnd !== null && oomKillsAtEnd > oomKillsAtLaunch;
}

/**
 * How many processes the kernel's out-of-memory killer has ended since the machine was started; null where the
 * system does not count them. In a container the host's are among them.
 */
export function oomKills(): number | null {
  if (process.platform !== 'linux') return null;
  try {
    const found = /^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'latin1'));
    return found ? Number(found[1]) : null;
  } catch {
    return null;
  }
}
