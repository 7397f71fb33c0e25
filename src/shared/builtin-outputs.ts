import type { ParamSchema } from './definition.ts';

/**
 * The parameters of the built-in tasks that write files.
 * @param name what an output is called where the parameter is absent, in words; null where there is no such name.
 */
export function outputParams(name: string | null): Record<'out' | 'name' | 'ifExists', ParamSchema> {
  const template =
    'Replacement strings as in commands: {/} the name, {/.} the name without its ending, {#} the number.';
  return {
    out: {
      type: 'string',
      title: 'Output folder',
      description: 'Beside each input where empty. Made where it does not exist.',
      format: 'folder',
    },
    name: {
      type: 'string',
      title: 'Output name',
      description: name === null ? template : `${template} Where empty: ${name}.`,
    },
    ifExists: {
      type: 'string',
      title: 'If it exists',
      description: 'What to do where there is such a file. An input is never overwritten.',
      enum: ['fail', 'skip', 'overwrite'],
      default: 'fail',
    },
  };
}
