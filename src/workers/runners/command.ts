import { AsyncLocalStorage } from 'node:async_hooks';
import { statSync } from 'node:fs';
import type { TaskDefinition } from '../../shared/definition.ts';
import { PoolboardError } from '../../shared/errors.ts';
import {
  expand,
  type Template,
  type TemplateValues,
  templateOf,
  toShellCommand,
} from '../../shared/template.ts';
import type { LoadMessage } from '../../shared/wire.ts';
import { type CapturedStream, emitOutput } from '../capture.ts';
import { CapturedText } from '../commands/captured-text.ts';
import { CommandError, type CommandResult } from '../commands/command-error.ts';
import { HelperStarter } from '../commands/helper-starter.ts';
import { NodeStarter } from '../commands/node-starter.ts';
import { findProgram } from '../commands/program.ts';
import type { Command, Starter } from '../commands/starter.ts';
import { makeFolder } from '../make-folder.ts';
import type { Runner, TaskContext } from '../runner.ts';
import { Slots } from './slots.ts';

type CommandDefinition = Extract<TaskDefinition, { kind: 'command' }>;

/**
 * Loads a command template. Each task runs its program to the end, without a shell unless the definition asks for
 * one, and results in `{exitCode, signal, stdout, stderr, wallMs}`, with `cpuMs` and `peakMemoryBytes` where the
 * platform tells them. A program that ends with another exit code than 0, or by a signal, fails its task with a
 * {@link CommandError}. An abort ends the program with all that it started.
 * @throws PoolboardError TEMPLATE_INVALID, TEMPLATE_NEEDS_SHELL, TEMPLATE_NO_OUT, PROGRAM_MISSING,
 * PROGRAM_NOT_EXECUTABLE, FOLDER_MISSING, OUT_CANNOT_BE_MADE.
 */
export async function loadCommand(load: LoadMessage): Promise<Runner> {
  const { definition } = load;
  if (definition.kind !== 'command') {
    throw new PoolboardError('WRONG_DEFINITION', `Not a command: ${definition.kind}.`);
  }
  const windows = process.platform === 'win32';
  const { shell = false, stdin = false, out, cwd = process.cwd() } = definition;
  const template = templateOf(definition, windows);
  const env = { ...process.env, ...definition.env };
  checkFolder(cwd);
  const program = shell ? shellProgram(env, cwd) : fixedProgram(template, env, cwd);
  if (load.describe) return { run: () => undefined, description: {} };
  if (out !== undefined) makeOut(out);
  const starter: Starter = (await HelperStarter.start({ cwd, env })) ?? new NodeStarter({ cwd, env });
  const slots = new Slots(load);

  const toCommand = (values: TemplateValues): Command => {
    const fed = stdin ? { stdin: lineOf(values.input) } : {};
    if (shell) return { ...shellCommand(program!, template, values), ...fed };
    const argv = expand(template, values);
    return { program: program ?? findProgram(argv[0] ?? '', env, cwd), argv, ...fed };
  };
  return {
    run: async (input, context) => {
      const slot = slots.take();
      try {
        return await runCommand(
          starter,
          toCommand({ input, index: context.index, slot, out }),
          nameOf(definition),
          context,
        );
      } finally {
        slots.giveBack(slot);
      }
    },
    teardown: () => starter.close(),
    description: {},
  };
}

async function runCommand(
  starter: Starter,
  command: Command,
  shownName: string | undefined,
  { signal }: TaskContext,
): Promise<CommandResult> {
  signal.throwIfAborted();
  // What the program writes comes from a pipe that all tasks share: it is this task's output all the same.
  const emit = AsyncLocalStorage.bind(emitOutput);
  const texts: Partial<Record<CapturedStream, CapturedText>> = {};
  const end = await starter.run(
    command,
    (stream, bytes) => {
      texts[stream] ??= new CapturedText((text) => emit(stream, text));
      texts[stream].add(bytes);
    },
    signal,
  );
  const { exitCode, signal: endedBy, ...usage } = end;
  const stdout = texts.stdout?.end() ?? '';
  const stderr = texts.stderr?.end() ?? '';
  const result: CommandResult = { exitCode, signal: endedBy, stdout, stderr, ...usage };
  if (exitCode !== 0) throw new CommandError(shownName ?? command.argv[0] ?? '', result);
  return result;
}

/** A shell is not what the user thinks of as the program. */
function nameOf({ shell }: CommandDefinition): string | undefined {
  return shell ? 'The command' : undefined;
}

function checkFolder(cwd: string): void {
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new PoolboardError('FOLDER_MISSING', `There is no folder ${cwd} to run the command in.`);
}

function makeOut(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    throw new PoolboardError(
      'OUT_CANNOT_BE_MADE',
      `The output folder ${folder} cannot be made (${(error as Error).message}). Choose another one.`,
      { cause: error },
    );
  }
}

/** Found once, before the first task; undefined where each task names its own. */
function fixedProgram(template: Template, env: NodeJS.ProcessEnv, cwd: string): string | undefined {
  const [word = []] = template.words;
  if (word.some((part) => typeof part !== 'string')) return undefined;
  return findProgram(word.join(''), env, cwd);
}

function shellProgram(env: NodeJS.ProcessEnv, cwd: string): string {
  return process.platform === 'win32' ? findProgram(env.ComSpec ?? 'cmd.exe', env, cwd) : '/bin/sh';
}

function shellCommand(program: string, template: Template, values: TemplateValues): Command {
  const { script, env } = toShellCommand(template, values);
  // /V:ON puts values in after the line was read; /S takes the outer quotes off and leaves the others.
  const argv = template.windows ? [program, '/D', '/V:ON', '/S', '/C', `"${script}"`] : ['sh', '-c', script];
  return { program, argv, env };
}

/** What a program reads of its input: a line, as JSON where it is more than a text. */
function lineOf(input: unknown): string {
  const text = typeof input === 'string' ? input : JSON.stringify(input);
  return text.endsWith('\n') ? text : `${text}\n`;
}
