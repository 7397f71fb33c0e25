import { resolve } from 'node:path';
import { type BatchSpec, type BatchSpecInput, batchSpecSchema } from '../../shared/batch.ts';
import { findBuiltin } from '../../shared/builtins.ts';
import type { TaskDefinition } from '../../shared/definition.ts';
import { PoolboardError } from '../../shared/errors.ts';
import { parseParams } from '../../shared/params.ts';
import { sentenceOf } from '../../shared/rpc.ts';
import { checkTemplate, templateOf } from '../../shared/template.ts';
import { withoutOutputs } from './watched-outputs.ts';

/**
 * A spec, checked as far as that can be done without starting anything: its shape, the name and the parameters
 * of a built-in. Paths of task files and watched folders become absolute. Throws a `PoolboardError`: `BAD_SPEC`, `NO_SUCH_BUILTIN`
 * `BAD_PARAM` or `INPUTS_ARE_OUTPUTS`.
 */
export function checkSpec(given: BatchSpecInput): BatchSpec {
  const parsed = batchSpecSchema.safeParse(given);
  if (!parsed.success) throw new PoolboardError('BAD_SPEC', sentenceOf(parsed.error));
  const spec = parsed.data;
  const definition = absolute(spec.definition);
  if (definition.kind !== 'builtin') return withoutOutputs({ ...spec, definition });
  return withoutOutputs({
    ...spec,
    definition,
    params: parseParams(findBuiltin(definition.name).params, spec.params),
  });
}

/** Values or paths of a spec that are kept with its batch. */
export const keptInputs = 100;

/**
 * The spec as it is kept and shown: of long lists of values or paths only the start. The inputs themselves are
 * the batch's tasks; with each change of the batch the spec is sent to every window.
 */
export function brief(spec: BatchSpec): BatchSpec {
  const { inputs } = spec;
  if (inputs.kind === 'list') {
    const { values } = inputs;
    return { ...spec, inputs: { ...inputs, values: values.slice(0, keptInputs), given: givenOf(values) } };
  }
  if (inputs.kind === 'files') {
    const { paths } = inputs;
    return { ...spec, inputs: { ...inputs, paths: paths.slice(0, keptInputs), given: givenOf(paths) } };
  }
  return spec;
}

const givenOf = ({ length }: readonly unknown[]): number | undefined =>
  length > keptInputs ? length : undefined;

/** The definition with its file's path made absolute. */
export function absolute(definition: TaskDefinition): TaskDefinition {
  return 'file' in definition ? { ...definition, file: resolve(definition.file) } : definition;
}

/**
 * Checks a command template against the first input that it will see: an unknown column is said once, and not
 * by ten thousand tasks. Throws `TEMPLATE_…`.
 */
export function checkCommand(definition: TaskDefinition, input: unknown): void {
  if (definition.kind !== 'command') return;
  checkTemplate(templateOf(definition, process.platform === 'win32'), columnsOf(input), definition.out);
}

function columnsOf(input: unknown): string[] | number | null {
  if (Array.isArray(input)) return input.length;
  return typeof input === 'object' && input !== null ? Object.keys(input) : null;
}
