import { readFileSync } from 'node:fs';

/** What Linux tells of a process (man 5 proc_pid_stat). */
export interface ProcStat {
  /** `T`: stopped; `Z` and `X`: see `hasEnded`. */
  state: string;
  /** A zombie, whose number is kept until its parent collects it, which may be never. */
  hasEnded: boolean;
  parent: number;
  /** Its process group, by the number of the one that leads it, or led it. */
  group: number;
  /** User and system time, with that of its children that have ended and were collected; in clock ticks. */
  cpuTicks: number;
  /** When it started, in clock ticks after the system did. */
  start: string;
}

/** Null where there is no such process, or the system hides it (hidepid, man 5 proc). Linux only. */
export function readProcStat(pid: number): ProcStat | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return null;
  }
  // "pid (name) state parent group …", where the name may hold anything but ends in ')': the first here is field 3.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const state = fields[0] ?? '';
  return {
    state,
    hasEnded: state === 'Z' || state === 'X',
    parent: Number(fields[1]),
    group: Number(fields[2]),
    cpuTicks: fields.slice(11, 15).reduce((sum, time) => sum + Number(time), 0),
    start: fields[19] ?? '',
  };
}
