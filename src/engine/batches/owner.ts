import { readFileSync } from 'node:fs';

/**
 * The program that runs a batch, as text: its process id, and when that process started where the platform
 * tells, for process ids are used again. Two programs may have one data folder open; a batch that says
 * `running` is interrupted only when its owner is gone.
 */
export const thisOwner = ownerOf(process.pid);

export function isAlive(owner: string): boolean {
  const pid = Number.parseInt(owner, 10);
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: there is one, and it is somebody else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return ownerOf(pid) === owner;
}

function ownerOf(pid: number): string {
  if (process.platform !== 'linux') return String(pid);
  try {
    // Field 22 of proc_pid_stat(5), counted after the name, which may hold anything but ends in ')'.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return String(pid);
  }
}
