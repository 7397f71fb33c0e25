import { readdir, readFile } from 'node:fs/promises';

/** A worker's environment, and so that of what its tasks start, names the worker's process. */
const variable = 'POOLBOARD_WORKER';

interface ProcessStat {
  state: string;
  group: number;
}

/**
 * Ends what tasks have started and nobody was left to end: processes in the group of a worker that is gone. Its
 * host sees to that, or it does so itself when its host is gone; of those that die in the same moment neither can.
 * What has left its worker's group stays. Never throws. Linux only: elsewhere nobody tells the environment of a
 * process.
 */
export async function endOrphans(): Promise<void> {
  if (process.platform !== 'linux') return;
  const names = await readdir('/proc').catch(() => []);
  await Promise.all(names.filter((name) => /^\d+$/.test(name)).map((name) => endIfOrphan(Number(name))));
}

async function endIfOrphan(pid: number): Promise<void> {
  try {
    const own = await readStat(pid);
    if (!own || own.group === pid || own.group <= 1) return;
    // While a group has members no other process gets its number.
    const leader = await readStat(own.group);
    if (leader && leader.state !== 'Z' && leader.state !== 'X') return;
    const environment = (await readFile(`/proc/${pid}/environ`, 'latin1')).split('\0');
    if (environment.includes(`${variable}=${own.group}`)) process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile, or is another user's.
  }
}

/** "pid (name) state parent group …", where the name may hold spaces and brackets (man 5 proc_pid_stat). */
async function readStat(pid: number): Promise<ProcessStat | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null);
  if (text === null) return null;
  const [state = '', , group] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state, group: Number(group) };
}
