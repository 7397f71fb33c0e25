import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { killTree } from '../../src/engine/launchers/kill-tree.ts';

/** The project's folder. */
export const root = resolve(import.meta.dirname, '../..');

/** The environment of a host under test: its data folder in it, by which its processes are found again. */
export function hostEnv(dataDir: string, more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, FORCE_COLOR: __, ...env } = process.env;
  return { ...env, ...more, POOLBOARD_DATA_DIR: dataDir };
}

/** Collects what a process prints. */
export function collectOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return () => text;
}

/** Resolves with the exit code when the process has ended. */
export async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

/** Waits for the end of a process; kills it and throws where it takes longer than it ever should. */
export async function mustExit(child: ChildProcess, log: () => string): Promise<void> {
  const limitMs = 20_000;
  const timer = setTimeout(() => {
    if (child.pid !== undefined) killTree(child.pid, 'SIGKILL');
  }, limitMs);
  await exitOf(child);
  clearTimeout(timer);
  if (child.signalCode === 'SIGKILL') throw new Error(`The host did not end by itself:\n${log()}`);
}

/** Processes that were started with this data folder in their environment and still run (on Linux). */
export function processesOf(dataDir: string): { pid: number; command: string }[] {
  if (process.platform !== 'linux') return [];
  const mark = `POOLBOARD_DATA_DIR=${dataDir}\0`;
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid)
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark)) return [];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
        return command === '' ? [] : [{ pid, command }];
      } catch {
        return [];
      }
    });
}
