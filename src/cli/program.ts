import { resolve } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import type { InputSource } from '../shared/inputs.ts';
import { declareBatchCommands } from './batch-commands.ts';
import { splitSources } from './combined-inputs.ts';
import type { Declaring } from './declaring.ts';
import { declareGoingOn } from './going-on-commands.ts';
import { programHelp, programSummary } from './help.ts';
import { declareOtherCommands } from './other-commands.ts';
import type { Request } from './requests.ts';
import { declareRun } from './run-command.ts';
import { usageError } from './usage-error.ts';

export interface ParseOptions {
  version: string;
  /** What relative paths start from. */
  cwd: string;
  /** Where batches are kept without `--data-dir`; shown in the help. */
  dataDir: string;
  /** Columns that help may use. */
  width?: number;
}

/** Of help; its prose is written for it. */
const mostColumns = 79;

/**
 * Reads a command line (without the program's name).
 * Throws `USAGE`, with one sentence, where it is not one that Poolboard can follow.
 */
export function parse(argv: readonly string[], options: ParseOptions): Request {
  let request: Request | undefined;
  let printed = '';
  const { words, source } = splitSources(argv);
  const program = buildProgram(options, source, (asked) => {
    request = asked;
  });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => {
        printed += text;
      },
      writeErr: () => {},
      getOutHelpWidth: () => Math.min(options.width ?? mostColumns, mostColumns),
    });
  }
  try {
    program.parse(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw usageError(sentenceOf(error.message, argv));
  }
  if (source && request && request.command !== 'run') throw usageError('::: goes with run.');
  return request ?? { command: 'print', text: printed };
}

/** Commander's message as a sentence that ends with where to look. */
function sentenceOf(message: string, argv: readonly string[]): string {
  if (argv[0] === 'help' && argv[1]) return `There is no command "${argv[1]}". See: poolboard --help`;
  if (message === '(outputHelp)') {
    return 'Say what to do: run, resume, retry, list, show, export, delete, tasks or serve. See: poolboard --help';
  }
  const text = message
    .replace(/^error: /, '')
    .replace(/\n\((Did you mean .*)\)$/s, '. $1')
    .replace(/[.]?$/, (end) => (message.endsWith('?)') ? '' : end || '.'));
  return `${text[0]?.toUpperCase()}${text.slice(1)} See: poolboard --help`;
}

function buildProgram(
  { version, cwd, dataDir }: ParseOptions,
  combined: InputSource | null,
  ask: (request: Request) => void,
): Command {
  const program = new Command('poolboard')
    .description(programSummary)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [COMMAND]', 'print help of a command')
    .addHelpText('after', programHelp);
  const dataDirOption = () =>
    new Option('--data-dir <DIR>', 'where batches and results are kept')
      .argParser((folder: string) => {
        if (folder === '') throw usageError('--data-dir takes a folder.');
        return resolve(cwd, folder);
      })
      .default(dataDir, dataDir);
  const declaring: Declaring = { cwd, dataDirOption, combined, ask };
  declareRun(program, declaring);
  declareGoingOn(program, declaring);
  declareBatchCommands(program, declaring);
  declareOtherCommands(program, declaring);
  return program;
}
