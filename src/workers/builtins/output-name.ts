import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { PoolboardError } from '../../shared/errors.ts';
import { type Placeholder, readPlaceholder, valuesOf } from '../../shared/template-placeholder.ts';

/** Makes the path of an output from that of its input. */
export type OutputNamer = (input: string, index: number) => string;

const windows = process.platform === 'win32';

/**
 * Reads the template of an output's name. Throws `BAD_PARAM`; the namer throws it too, where a name leads out
 * of the output folder.
 * @param out the folder; beside each input where empty.
 */
export function outputNamer(template: string, out: string): OutputNamer {
  const parts = parse(template);
  return (input, index) => {
    const folder = out === '' ? dirname(resolve(input)) : resolve(out);
    const name = parts.map((part) => (typeof part === 'string' ? part : textOf(part, input, index))).join('');
    const path = resolve(folder, name);
    const below = relative(folder, path);
    if (name === '' || below === '' || name.endsWith('/')) {
      throw badName(`The output name ${template} of ${input} is empty: write one with {/} or {/.}.`);
    }
    if (isAbsolute(name) || isAbsolute(below) || below === '..' || below.startsWith(`..${sep}`)) {
      throw badName(
        `The output name ${template} leads out of the folder ${folder}: use {/} or {/.} for the input's name.`,
      );
    }
    if (basename(path).includes('\0')) throw badName(`The output name ${template} holds a NUL.`);
    return path;
  };
}

function parse(template: string): (string | Placeholder)[] {
  const parts: (string | Placeholder)[] = [];
  let from = 0;
  for (let at = template.indexOf('{'); at >= 0; at = template.indexOf('{', at + 1)) {
    const placeholder = readPlaceholder(template, at, false);
    if (!placeholder) continue;
    if (placeholder.what !== 'input' && placeholder.what !== 'index') {
      throw badName(
        `${placeholder.text} has no meaning in the output name ${template}: there are {/}, {/.} and {#}.`,
      );
    }
    parts.push(template.slice(from, at), placeholder);
    from = at + placeholder.text.length;
  }
  parts.push(template.slice(from));
  return parts;
}

const textOf = (placeholder: Placeholder, input: string, index: number): string =>
  valuesOf(placeholder, { input, index, slot: 1 }, windows)?.join(' ') ?? placeholder.text;

const badName = (sentence: string) => new PoolboardError('BAD_PARAM', sentence);
