import { relative, resolve, sep } from 'node:path';
import type { BatchSpec } from '../../shared/batch.ts';
import { findBuiltin } from '../../shared/builtins.ts';
import { PoolboardError } from '../../shared/errors.ts';

/**
 * A spec whose watched folder, if it has one, is absolute and passes over what the batch itself writes: a task that
 * makes inputs would never end. Throws `INPUTS_ARE_OUTPUTS` where outputs go into the folder itself. What a task
 * file or a command writes without saying so is not known.
 */
export function withoutOutputs(spec: BatchSpec): BatchSpec {
  if (spec.inputs.kind !== 'watch') return spec;
  const folder = resolve(spec.inputs.folder);
  const out = outputFolder(spec);
  if (out === null) return { ...spec, inputs: { ...spec.inputs, folder } };
  const below = out === '' ? '' : relative(folder, resolve(out));
  if (below === '') {
    throw new PoolboardError(
      'INPUTS_ARE_OUTPUTS',
      `What is written would go into the watched folder ${folder} and become an input again: choose another output folder; one in it will do.`,
    );
  }
  const isInside = below !== '..' && !below.startsWith(`..${sep}`) && resolve(folder, below) !== below;
  return {
    ...spec,
    inputs: { ...spec.inputs, folder, ...(isInside ? { except: [resolve(folder, below)] } : {}) },
  };
}

/** Where outputs go; '': beside the inputs; null: nowhere, or not known. */
function outputFolder({ definition, params }: BatchSpec): string | null {
  if (definition.kind === 'command') return definition.out ?? null;
  if (definition.kind !== 'builtin') return null;
  const declared = findBuiltin(definition.name).params.properties.out;
  return declared === undefined ? null : String(params.out ?? '');
}
