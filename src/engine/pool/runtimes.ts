import { PoolboardError } from '../../shared/errors.ts';
import type { LoadableDefinition } from '../../shared/wire.ts';
import type { Launcher } from '../launcher.ts';

/**
 * Runtimes: the kinds of process that workers are. A worker of one runtime can run any definition of it.
 */
const node = 'node';

/** The runtime that a definition needs. */
export function runtimeOf(definition: LoadableDefinition): string {
  if (definition.kind !== 'python') return node;
  throw new PoolboardError('NOT_YET', 'Python function files are not supported yet.');
}

/** The launcher of each runtime. `nodeLauncher` is the host's. */
export function launcherFor(nodeLauncher: Launcher): (runtime: string) => Launcher {
  return () => nodeLauncher;
}
