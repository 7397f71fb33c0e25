import { availableParallelism } from 'node:os';
import type { TaskDefinition } from '../shared/definition.ts';
import { PoolboardError } from '../shared/errors.ts';
import { formatBytes, formatCount } from '../shared/format.ts';
import type { InputPreview, InputSource } from '../shared/inputs.ts';
import { parseParams } from '../shared/params.ts';
import { expandForShell, templateOf } from '../shared/template.ts';
import { exitOk } from './exit-status.ts';
import { optionWords } from './option-words.ts';
import { print } from './print.ts';
import { oneLine } from './printable.ts';
import type { RunRequest } from './requests.ts';
import type { Terminal } from './terminal.ts';
import { withPassingEngine } from './with-engine.ts';

/** `poolboard run --dry-run`: checks what a run would check, and prints what it would do. No task runs. */
export function dryRun(request: RunRequest, terminal: Terminal): Promise<number> {
  return withPassingEngine(async (engine) => {
    const description = await engine.describe(request.definition);
    const params = parseParams(description.params, Object.fromEntries(request.params));
    const isStdin = request.inputs.kind === 'rows' && request.inputs.file === '-';
    const preview = isStdin ? null : await engine.preview(request.inputs);
    if (preview?.complete && preview.count === 0 && request.inputs.kind !== 'watch') {
      throw new PoolboardError('NO_INPUTS', 'There are no inputs, so nothing would run.');
    }
    const commands = commandsOf(request.definition, preview?.first ?? []);
    await print(terminal, [...dryRunLines(request, description.name, params, preview), ...commands]);
    return exitOk;
  });
}

/** The first commands, as one would type them. Throws where a template does not fit the inputs. */
function commandsOf(definition: TaskDefinition, inputs: readonly unknown[]): string[] {
  if (definition.kind !== 'command') return [];
  const template = templateOf(definition, process.platform === 'win32');
  return inputs.map((input, at) => {
    const command = expandForShell(template, { input, index: at, slot: 1, out: definition.out });
    return `command  ${oneLine(command, 1000)}`;
  });
}

/** @param preview null where the inputs cannot be known before the run. */
export function dryRunLines(
  { options, inputs }: Pick<RunRequest, 'options' | 'inputs'>,
  task: string,
  params: Record<string, unknown>,
  preview: InputPreview | null,
): string[] {
  const settings = optionWords({ ...options, workers: options.workers ?? availableParallelism() });
  return [
    `task     ${oneLine(task, 200)}`,
    ...Object.entries(params).map(([name, value]) => `param    ${name}=${String(value)}`),
    ...settings.map((setting) => `option   ${setting}`),
    ...inputLines(inputs, preview),
    ...(preview?.warnings ?? []).map((sentence) => `warning  ${oneLine(sentence, 500)}`),
  ];
}

function inputLines(inputs: InputSource, preview: InputPreview | null): string[] {
  if (!preview) return ['inputs   one a row of standard input'];
  const { count, complete, bytes, first } = preview;
  if (inputs.kind === 'watch') {
    const taken = inputs.existing ? 'taken first' : 'not taken';
    const there = `${formatCount(count)}${complete ? '' : ' or more'} that are there now are ${taken}`;
    return [`inputs   new files of ${oneLine(inputs.folder, 200)}; ${there}`];
  }
  const size = bytes === null ? '' : `, ${formatBytes(bytes)}`;
  const more = complete ? '' : ' or more';
  return [
    `inputs   ${formatCount(count)}${more}${inputs.kind === 'files' ? ' files' : ''}${size}`,
    ...first.map((input) => `         ${oneLine(JSON.stringify(input), 200)}`),
    ...(count > first.length ? ['         …'] : []),
  ];
}
