import type { TaskDefinition } from '../../shared/definition.ts';
import type { LoadableDefinition } from '../../shared/wire.ts';
import type { Launcher } from '../launcher.ts';
import { pythonLauncher } from '../launchers/python.ts';
import { findInterpreter } from '../python/find-interpreter.ts';

/**
 * Runtimes: the kinds of process that workers are, `node` or `python:` and an interpreter. A worker of one
 * runtime can run any definition of it.
 */
const node = 'node';
const python = 'python:';

/** The runtime that a definition needs. */
export function runtimeOf(definition: LoadableDefinition): string {
  return definition.kind === 'python' ? `${python}${definition.interpreter ?? 'python3'}` : node;
}

/** The definition with its interpreter found, where it needs one. Throws `NO_PYTHON` with what to do. */
export async function withInterpreter(definition: TaskDefinition): Promise<TaskDefinition> {
  if (definition.kind !== 'python') return definition;
  const { path } = await findInterpreter(definition.file, definition.interpreter);
  return { ...definition, interpreter: path };
}

/** The launcher of each runtime. `nodeLauncher` is the host's. */
export function launcherFor(nodeLauncher: Launcher): (runtime: string) => Launcher {
  const launchers = new Map([[node, nodeLauncher]]);
  return (runtime) => {
    const launcher = launchers.get(runtime) ?? pythonLauncher(runtime.slice(python.length));
    launchers.set(runtime, launcher);
    return launcher;
  };
}
