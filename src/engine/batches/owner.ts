import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { readProcStat } from '../launchers/proc-stat.ts';
import { isLockHeld, takeOwnerLock } from './owner-lock.ts';

/** A process, and where its number means something. What the platform does not tell is null. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in the platform's own unit: process ids are used again. */
  start: string | null;
  /** Another one after each start of the machine; containers share that of their machine. */
  boot: string | null;
  /** The namespace of its process id: a container has its own. */
  pidSpace: string | null;
  /** Of texts that are older than this field: null. */
  machine: string | null;
}

interface Owner extends ProcessIdentity {
  /** Names the lock in the data folder that it holds for as long as it runs. */
  lock: string | null;
}

const thisProcess: ProcessIdentity = {
  pid: process.pid,
  start: process.platform === 'linux' ? (readProcStat(process.pid)?.start ?? null) : null,
  boot: readText('/proc/sys/kernel/random/boot_id'),
  pidSpace: readPidSpace(),
  machine: nameMachine(),
};

/**
 * The program that runs a batch, as text: `pid start boot pid-space machine`, and the name of its lock where it
 * holds one (`holdOwner`). Two programs may have one data folder open; a batch that says `running` is
 * interrupted only when its owner is gone.
 */
export const thisOwner = ownerText(thisProcess);

/** This program as an owner that can be told to be alive from anywhere, until it releases its lock or ends. */
export interface HeldOwner {
  /** Longer than {@link thisOwner}, and another one each time. */
  readonly owner: string;
  /** The data folder was removed and is back: its lock is too. Never throws. */
  keep(): void;
  release(): void;
}

/** Takes a lock in the data folder, which must exist or be creatable. Throws where it cannot be written. */
export function holdOwner(dataDir: string): HeldOwner {
  const lock = takeOwnerLock(dataDir);
  return {
    owner: ownerText(thisProcess, lock.name),
    keep() {
      try {
        lock.keep();
      } catch {
        // The folder is gone again: there will be a next time.
      }
    },
    release: () => lock.release(),
  };
}

/** The text for a process. Fields that are not known are `-`. */
export function ownerText(identity: ProcessIdentity, lock?: string): string {
  const { pid, start, boot, pidSpace, machine } = identity;
  const fields = [String(pid), start, boot, pidSpace, machine, ...(lock ? [lock] : [])];
  return fields.map((field) => (field ? encodeURIComponent(field) : '-')).join(' ');
}

/**
 * Whether the owner of a batch still runs. Its lock says it best, wherever it runs. Where it has none, or no data
 * folder is given, its process is looked for; one that cannot be seen from here, in another container or on
 * another machine, is believed to run: to take a running batch from its owner is worse than to wait.
 * @param here this process; for tests.
 */
export function isAlive(owner: string, dataDir?: string, here: ProcessIdentity = thisProcess): boolean {
  const them = readOwner(owner);
  if (!them) return false;
  if (them.lock && dataDir !== undefined) return isLockHeld(dataDir, them.lock);
  if (them.machine === null) return isRunning(them);
  const isSameMachine = them.machine === here.machine;
  // Containers of one machine have names of their own, but its boot id.
  const isSameBoot = them.boot === here.boot && (them.boot !== null || isSameMachine);
  // This machine has been started again since: nothing from before runs.
  if (!isSameBoot) return !isSameMachine;
  return them.pidSpace !== here.pidSpace || isRunning(them);
}

/** Understands the older `pid start` and `pid` too. */
function readOwner(text: string): Owner | null {
  const fields = text
    .split(' ')
    .map((field) => (field === '-' || field === '' ? null : decodeURIComponent(field)));
  const [pid, start = null, boot = null, pidSpace = null, machine = null, lock = null] = fields;
  if (!/^[1-9]\d*$/.test(pid ?? '')) return null;
  return { pid: Number(pid), start, boot, pidSpace, machine, lock };
}

function isRunning({ pid, start }: ProcessIdentity): boolean {
  let isMine = true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: there is one, and it is somebody else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
    isMine = false;
  }
  if (process.platform !== 'linux') return true;
  const stat = readProcStat(pid);
  // The system may hide the processes of others (hidepid, man 5 proc).
  if (!stat) return !isMine;
  return stat.start === start && !stat.hasEnded;
}

function readPidSpace(): string | null {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? null;
  } catch {
    return null;
  }
}

/** The host's name, told apart from machines that have the same; machine-id(5) asks to show its hash only. */
function nameMachine(): string {
  const id = readText('/etc/machine-id');
  return id
    ? `${hostname()}.${createHash('sha256').update(`poolboard ${id}`).digest('hex').slice(0, 12)}`
    : hostname();
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'latin1').trim() || null;
  } catch {
    return null;
  }
}
