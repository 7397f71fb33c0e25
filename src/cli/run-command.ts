import { Argument, type Command, Option } from 'commander';
import type { Declaring } from './declaring.ts';
import { runHelp } from './help.ts';
import {
  declareNice,
  declareProgress,
  declareResults,
  type OutputOptions,
  outputOf,
} from './output-options.ts';
import { batchOptions, declarePoolOptions, type PoolOptions } from './pool-options.ts';
import { type DefinitionOptions, definitionOf, type InputOptions, inputsOf } from './run-options.ts';
import { keyValue, seconds } from './values.ts';

interface RunOptions extends DefinitionOptions, InputOptions, PoolOptions, OutputOptions {
  param?: [key: string, value: string][];
  dryRun?: boolean;
}

/** `poolboard run` */
export function declareRun(program: Command, declaring: Declaring): void {
  const { cwd, combined, ask } = declaring;
  const command = program
    .command('run')
    .summary('run a task on each input')
    .description('Runs a task on each input, and prints or exports the results.')
    .usage('(--task FILE|--builtin NAME|--command TEMPLATE) INPUT...')
    .addHelpOption(new Option('-h, --help', 'print help').helpGroup('Other:'))
    .addArgument(new Argument('[INPUT...]', 'files, folders (with their subfolders) and globs'))
    .optionsGroup('Inputs (one kind):')
    .option('--rows <FILE>', 'one input a row of FILE; - is standard input')
    .option('--range <A..B[:STEP]>', "numbers as Python's range: A is in, B is out; may be negative")
    .option('--watch <DIR>', 'each new complete file in DIR, until you press Ctrl-C')
    .option('--hidden', 'take hidden files of folders and globs too')
    .option('--pattern <GLOB>', 'of DIR, files that match only')
    .option('--existing', 'of DIR, the files too that are there already')
    .addOption(
      new Option('--settle <S>', 'of DIR, seconds without a change after which a file is complete')
        .argParser(seconds('--settle', { min: 0, max: 3600 }))
        .default(undefined, '2'),
    )
    .option('--delimiter <C>', 'between the fields of a row; or tab (default: told from the rows)')
    .option('--encoding <NAME>', 'of the file of rows (default: utf-8, or as its first bytes say)')
    .option('--sheet <NAME>', 'the sheet of a workbook (default: the first)')
    .option('--no-header', 'the first row is a row and names no columns')
    .optionsGroup('Task (one of the first three):')
    .option('--task <FILE>', 'a function file: .js .mjs .cjs .ts .mts .cts, or .py')
    .option('--builtin <NAME>', 'a built-in task; `poolboard tasks` lists them')
    .option('--command <TEMPLATE>', 'a program for each input; {} stands for the input')
    .option('--function <NAME>', 'the function of FILE to call (default: its default export)')
    .option('--interpreter <PROGRAM>', "Python for FILE (default: its project's .venv, else python3)")
    .option('--shell', 'run the command through the shell, with values quoted for it')
    .option('--stdin', "feed the input to the command's standard input")
    .option('--cwd <DIR>', 'the working folder of the command (default: this one)')
    .addOption(
      new Option('--env <NAME=VALUE>', 'an environment variable of the command; may be repeated').argParser(
        repeated('--env'),
      ),
    )
    .option('--out <DIR>', 'the folder that {out} stands for in the command')
    .addOption(
      new Option(
        '--param <KEY=VALUE>',
        'a parameter of the task; may be repeated (default: as the task says)',
      ).argParser(repeated('--param')),
    );
  declarePoolOptions(command);
  declareNice(command);
  declareResults(command, 'print results in the order of the inputs');
  command.optionsGroup('Other:').option('--dry-run', 'check all, print what would run, run nothing');
  declareProgress(command, declaring);
  command.addHelpText('after', runHelp).action((paths: string[], options: RunOptions) => {
    ask({
      command: 'run',
      definition: definitionOf(options, cwd),
      inputs: inputsOf(paths, options, combined),
      params: options.param ?? [],
      options: batchOptions(options),
      dryRun: options.dryRun ?? false,
      ...outputOf(options, cwd),
    });
  });
}

/** Reads an option of `KEY=VALUE` that may be given several times. */
function repeated(flag: string) {
  return (text: string, former: [string, string][] | undefined): [string, string][] => [
    ...(former ?? []),
    keyValue(flag, text),
  ];
}
