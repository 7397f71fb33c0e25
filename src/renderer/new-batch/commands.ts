import type { TaskDefinition } from '../../shared/definition.ts';
import { PoolboardError } from '../../shared/errors.ts';
import { checkTemplate, expandForShell, templateOf } from '../../shared/template.ts';
import { t } from '../words/t.ts';

export type CommandDefinition = Extract<TaskDefinition, { kind: 'command' }>;

/** The first commands as a person would type them; or what is wrong with the template, in a sentence. */
export interface Commands {
  commands: string[];
  problem: string | null;
}

/**
 * What a command definition makes of the first inputs, checked as the host checks it.
 * @param windows whether the host's machine runs Windows, where templates are read in another way.
 */
export function commandsOf(
  definition: CommandDefinition,
  inputs: readonly unknown[],
  windows: boolean,
): Commands {
  const { out } = definition;
  try {
    const template = templateOf(definition, windows);
    if (inputs.length > 0) checkTemplate(template, columnsOf(inputs[0]), out);
    const commands = inputs.map((input, index) =>
      expandForShell(template, { input, index, slot: index + 1, out }),
    );
    return { commands, problem: null };
  } catch (error) {
    if (error instanceof PoolboardError) return { commands: [], problem: error.message };
    throw error;
  }
}

/** Their names; how many, where they have none; null where the input is no row. */
function columnsOf(input: unknown): string[] | number | null {
  if (Array.isArray(input)) return input.length;
  return typeof input === 'object' && input !== null ? Object.keys(input) : null;
}

/** A replacement string that can be put into a template, and what it stands for. */
export interface Replacement {
  text: string;
  means: string;
}

const aName = /^[\p{L}_][\p{L}\p{N}_-]*$/u;
const quotedName = /^[^{}"\\\n]+$/;

/** The replacement strings that every input has, and those of the columns. */
export function replacementsFor(columns: readonly string[], shell: boolean): Replacement[] {
  return [
    { text: '{}', means: t('command.means.input') },
    { text: '{.}', means: t('command.means.no-extension') },
    { text: '{/}', means: t('command.means.name') },
    { text: '{//}', means: t('command.means.folder') },
    { text: '{/.}', means: t('command.means.stem') },
    { text: '{#}', means: t('command.means.number') },
    { text: '{out}', means: t('command.means.out') },
    ...columns.map((name, at) => ({
      text: ofColumn(name, at, shell),
      means: t('command.means.column', { name }),
    })),
  ];
}

/** By the column's name where it can be written so; else by its position. */
function ofColumn(name: string, at: number, shell: boolean): string {
  if (name !== 'out' && aName.test(name)) return `{${name}}`;
  const isReserved = /^(?:#|%|-?\d.*|[./]*|out)$/.test(name);
  return !shell && !isReserved && quotedName.test(name) ? `"{${name}}"` : `{${at + 1}}`;
}
