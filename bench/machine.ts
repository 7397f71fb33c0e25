import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** What a measurement was taken on; nothing that names the machine. */
export interface Machine {
  cores: number;
  processor: string;
  memoryGb: number;
  system: string;
  node: string;
  python: string;
  piscina: string;
  tinypool: string;
  /** Load of the last minute before the run and at its end; of one that nobody else uses, 0 and about the cores. */
  load: { before: number; after: number };
}

export function describeMachine(loadBefore: number): Machine {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release().split('-')[0]}`,
    node: process.versions.node,
    python: execFileSync('python3', ['-c', 'import platform; print(platform.python_version())'])
      .toString()
      .trim(),
    piscina: versionOf('piscina'),
    tinypool: versionOf('tinypool'),
    load: { before: round(loadBefore), after: round(loadavg()[0]!) },
  };
}

function versionOf(name: string): string {
  const manifest = new URL(`./node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(manifest, 'utf8')).version;
}

const round = (load: number) => Math.round(load * 10) / 10;
