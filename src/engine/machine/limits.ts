import { loadavg } from 'node:os';
import { PoolboardError } from '../../shared/errors.ts';
import { formatBytes } from '../../shared/format.ts';
import { freeMemoryBytes } from './free-memory.ts';

/** The limits of a batch that are the machine's affair. */
export interface MachineLimits {
  /** No task is started while the load is above this. */
  maxLoad?: number;
  /** No task is started while less memory than this, bytes, is available. */
  minFreeMemoryBytes?: number;
}

/** What the machine is busy with. */
export interface MachineReading {
  /** Load average of the last minute; always 0 on Windows, which keeps none. */
  load: number;
  /** Memory that a new process can get, bytes. */
  freeBytes: number;
}

/** The limit that keeps tasks from being started now (`MACHINE_LOAD`, `MACHINE_MEMORY`), or null. */
export function whatLimits(options: MachineLimits, reading: MachineReading): PoolboardError | null {
  const { maxLoad, minFreeMemoryBytes } = options;
  if (maxLoad !== undefined && reading.load > maxLoad) {
    // Rounded up, for "4, above the limit of 4" says nothing.
    const load = Math.ceil(reading.load * 10) / 10;
    return new PoolboardError(
      'MACHINE_LOAD',
      `The load of this machine is ${load}, above the limit of ${maxLoad}: no task is started until it falls.`,
    );
  }
  if (minFreeMemoryBytes !== undefined && reading.freeBytes < minFreeMemoryBytes) {
    return new PoolboardError(
      'MACHINE_MEMORY',
      `This machine has ${formatBytes(reading.freeBytes)} of memory available, less than the limit of ${formatBytes(minFreeMemoryBytes)}: no task is started until more is free.`,
    );
  }
  return null;
}

/** The machine as it is now. */
export function readMachine(): MachineReading {
  return { load: loadavg()[0] ?? 0, freeBytes: freeMemoryBytes() };
}
