import { PoolboardError } from '../shared/errors.ts';
import type { LoadMessage } from '../shared/wire.ts';
import type { Runner } from './runner.ts';

/** Loads a definition of any kind that runs in a Node worker; and of the code for it, only that kind's. */
export async function loadRunner(load: LoadMessage): Promise<Runner> {
  const { definition, params } = load;
  switch (definition.kind) {
    case 'module':
    case 'source': {
      const { loadModule } = await import('./runners/module.ts');
      return loadModule(load);
    }
    case 'builtin': {
      const { loadBuiltin } = await import('./builtins/index.ts');
      return loadBuiltin(definition.name, params);
    }
    case 'command': {
      const { loadCommand } = await import('./runners/command.ts');
      return loadCommand(load);
    }
    case 'python':
      throw new PoolboardError('WRONG_WORKER', 'Python files run in workers of their own.');
  }
}
