import type { TaskDefinition } from '../../shared/definition.ts';
import type { Launcher } from '../launcher.ts';
import { pythonLauncher } from '../launchers/python.ts';
import { findInterpreter } from '../python/find-interpreter.ts';
import type { JobSpec } from './job.ts';

/**
 * Runtimes: the kinds of process that workers are, `node` or `python:` and an interpreter, with the limit of
 * their heap behind `@` where there is one. A worker of one runtime can run any definition of it.
 */
const node = 'node';
const python = 'python:';

/** The runtime that a job needs. */
export function runtimeOf({ definition, options }: Pick<JobSpec, 'definition' | 'options'>): string {
  const kind = definition.kind === 'python' ? `${python}${definition.interpreter ?? 'python3'}` : node;
  return options.heapMb === undefined ? kind : `${kind}@${options.heapMb}`;
}

/** The definition with its interpreter found, where it needs one. Throws `NO_PYTHON` with what to do. */
export async function withInterpreter(definition: TaskDefinition): Promise<TaskDefinition> {
  if (definition.kind !== 'python') return definition;
  const { path } = await findInterpreter(definition.file, definition.interpreter);
  return { ...definition, interpreter: path };
}

/**
 * The launcher of each runtime.
 * @param nodeLauncher the host's.
 * @param nice see `LaunchOptions`.
 */
export function launcherFor(nodeLauncher: Launcher, nice = 0): (runtime: string) => Launcher {
  const launchers = new Map<string, Launcher>();
  return (runtime) => {
    const launcher = launchers.get(runtime) ?? makeLauncher(runtime, nodeLauncher, nice);
    launchers.set(runtime, launcher);
    return launcher;
  };
}

function makeLauncher(runtime: string, nodeLauncher: Launcher, nice: number): Launcher {
  const [, kind = runtime, heap] = /^(.*)@(\d+)$/s.exec(runtime) ?? [];
  const launcher = kind === node ? nodeLauncher : pythonLauncher(kind.slice(python.length));
  const heapMb = heap === undefined ? undefined : Number(heap);
  return { launch: (options) => launcher.launch({ ...options, heapMb, nice }) };
}
