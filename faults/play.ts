import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './checks.ts';
import { makeFolder, type RunFolder } from './folder.ts';
import { Hosts } from './hosts.ts';
import { Outside } from './outside.ts';
import { killAll, processesWith } from './processes.ts';
import type { FaultType, Schedule } from './schedule.ts';

/** A run that takes longer than this, milliseconds, hangs. */
const deadlineMs = 180_000;

export interface Report {
  schedule: Schedule;
  /** A sentence each; none where all is well. */
  problems: string[];
  /** The faults that came in time. */
  applied: FaultType[];
  seconds: number;
  /** How long the processes of killed hosts lived on, at most, milliseconds. */
  slowestOrphanMs: number;
  /** Where it can be looked at, where there are problems. */
  folder: string;
}

/** Runs a schedule on the real thing, and checks what it leaves. Its folder is kept where there are problems. */
export async function play(schedule: Schedule): Promise<Report> {
  const started = performance.now();
  const folder = makeFolder(schedule);
  const hosts = new Hosts(schedule, folder);
  const outside = new Outside(hosts, folder);
  const { problems } = hosts;
  const late = Promise.withResolvers<'late'>();
  const timer = setTimeout(() => late.resolve('late'), deadlineMs);
  try {
    const end = await Promise.race([perform(schedule, folder, hosts, outside), late.promise]);
    if (end === 'late') problems.push(`it did not end within ${deadlineMs / 1000} s: ${await hosts.dump()}`);
  } catch (error) {
    problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    clearTimeout(timer);
    killAll(processesWith(folder.path));
  }
  await outside.done();
  if (problems.length === 0) rmSync(folder.path, { recursive: true });
  else
    writeFileSync(
      join(folder.path, 'problems.txt'),
      `${JSON.stringify(schedule)}\n\n${problems.join('\n')}\n`,
    );
  return {
    schedule,
    problems,
    applied: outside.applied,
    seconds: (performance.now() - started) / 1000,
    slowestOrphanMs: hosts.slowestOrphanMs,
    folder: folder.path,
  };
}

async function perform(schedule: Schedule, folder: RunFolder, hosts: Hosts, outside: Outside): Promise<void> {
  await hosts.submit();
  let ended = hosts.whenEnded();
  for (const fault of schedule.faults) {
    const told = hosts.whenTold(fault.after).then(() => 'told' as const);
    if ((await Promise.race([told, ended])) !== 'told') break;
    await outside.apply(fault);
    ended = hosts.whenEnded();
  }
  await ended;
  if (schedule.retries) await hosts.retry();
  await hosts.close();
  const { batch, told, executions, ended: hostsEnded } = hosts;
  hosts.problems.push(...(await check({ schedule, folder, batch, told, executions, hostsEnded })));
}
