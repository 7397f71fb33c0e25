import type { LaunchOptions } from '../launcher.ts';

/**
 * What a worker process is told beside its arguments, as environment variables: it takes them out of its
 * environment before anything of a task runs. The priority is among them because a process has to set its own:
 * on Linux, from outside, one thread of it would get it and the others not.
 */
export function workerVariables({ nice, heapMb }: LaunchOptions): Record<string, string> {
  const variables: Record<string, string> = {};
  if (nice) variables.POOLBOARD_NICE = String(nice);
  if (heapMb) variables.POOLBOARD_HEAP_MB = String(heapMb);
  return variables;
}
