import { basename } from 'node:path';
import type { TaskDefinition } from '../../shared/definition.ts';
import type { InputSource } from '../../shared/inputs.ts';

/** What a definition is called: `hash`, `resize.ts`, `convert`. */
export function definitionName(definition: TaskDefinition): string {
  switch (definition.kind) {
    case 'builtin':
      return definition.name;
    case 'command':
      return definition.template.trim().split(/\s+/, 1)[0] || 'command';
    default:
      return definition.function
        ? `${basename(definition.file)} ${definition.function}`
        : basename(definition.file);
  }
}

/** A batch's name where its spec gives none: what is done, and to what. */
export function batchName(definition: TaskDefinition, inputs: InputSource): string {
  return `${definitionName(definition)} ${inputsName(inputs)}`.slice(0, 200);
}

function inputsName(inputs: InputSource): string {
  switch (inputs.kind) {
    case 'files': {
      const [first = '', ...others] = inputs.paths;
      const name = basename(first) || first;
      return others.length === 0 ? name : `${name} and ${others.length} more`;
    }
    case 'range':
      return `${inputs.from}..${inputs.to}${inputs.step === 1 ? '' : `:${inputs.step}`}`;
    case 'rows':
      return inputs.file === '-' ? 'standard input' : basename(inputs.file);
    case 'watch':
      return `new in ${basename(inputs.folder) || inputs.folder}`;
    case 'list':
      return inputs.values.length === 1 ? '1 value' : `${inputs.values.length} values`;
    default:
      return inputs.sources.map(inputsName).join(inputs.kind === 'product' ? ' × ' : ' + ');
  }
}
