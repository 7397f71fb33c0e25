import { PoolboardError } from '../../shared/errors.ts';
import type { LoadMessage } from '../../shared/wire.ts';
import type { Runner } from '../runner.ts';

/** Command templates run here. */
export async function loadCommand(load: LoadMessage): Promise<Runner> {
  throw new PoolboardError('NOT_YET', `Definitions of kind ${load.definition.kind} do not run yet.`);
}
