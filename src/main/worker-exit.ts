import { constants } from 'node:os';
import type { Details } from 'electron';
import type { WorkerExit } from '../engine/launcher.ts';

/** What Electron tells of the end of a process in `child-process-gone`. */
export type GoneDetails = Pick<Details, 'reason' | 'exitCode'>;

/**
 * How a utility process ended, from what three sources say of it.
 * @param code of the `exit` event; null where there was none. It is 0 for some crashes (electron#42283).
 * @param gone details of `child-process-gone`, which comes for ends that were not by the process itself.
 * @param killedWith the signal that we sent, where we did.
 */
export function describeExit(
  code: number | null,
  gone: GoneDetails | undefined,
  killedWith: NodeJS.Signals | undefined,
): WorkerExit {
  if (gone?.reason === 'launch-failed') {
    return { code: null, signal: null, reason: `launch-failed (error ${gone.exitCode})` };
  }
  if (!gone) return killedWith ? { code: null, signal: killedWith } : { code, signal: null };
  const status = decodeWaitStatus(gone.exitCode);
  return { code: status.code, signal: status.signal ?? killedWith ?? null, reason: gone.reason };
}

/**
 * Chromium hands on the status of `waitpid` as it is: the signal in the low seven bits, or the exit code in
 * the second byte (wait(2)). On Windows it is the exit code itself.
 */
export function decodeWaitStatus(
  status: number,
  platform: NodeJS.Platform = process.platform,
): { code: number | null; signal: NodeJS.Signals | null } {
  if (platform === 'win32') return { code: status, signal: null };
  const number = status & 0x7f;
  if (number === 0) return { code: status > 0xff ? status >> 8 : status, signal: null };
  const signal = Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
  return signal ? { code: null, signal: signal as NodeJS.Signals } : { code: status, signal: null };
}
