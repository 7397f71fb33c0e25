import type { LaunchOptions } from '../launcher.ts';
import { journalFolder } from './left-behind.ts';

/**
 * What a worker process is told beside its arguments, as environment variables: it takes them out of its
 * environment before anything of a task runs. The priority is among them because a process has to set its own:
 * on Linux, from outside, one thread of it would get it and the others not.
 */
export function pythonWorkerVariables({ nice, heapMb }: LaunchOptions): Record<string, string> {
  return {
    ...(nice ? { POOLBOARD_NICE: String(nice) } : {}),
    ...(heapMb ? { POOLBOARD_HEAP_MB: String(heapMb) } : {}),
  };
}

/** Those of a Node worker, which takes the limit of its heap as an argument. */
export function nodeWorkerVariables({ nice }: LaunchOptions): Record<string, string> {
  const journal = journalFolder();
  return {
    ...(nice ? { POOLBOARD_NICE: String(nice) } : {}),
    ...(journal ? { POOLBOARD_TEMPORARIES: journal } : {}),
  };
}
