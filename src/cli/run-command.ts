import { Argument, type Command, Option } from 'commander';
import { type BatchOptions, maxWorkers } from '../shared/batch.ts';
import type { Declaring } from './declaring.ts';
import { runHelp } from './help.ts';
import { type ProgressKind, progressKinds } from './requests.ts';
import {
  type DefinitionOptions,
  definitionOf,
  exportTarget,
  type InputOptions,
  inputsOf,
} from './run-options.ts';
import { notYet } from './usage-error.ts';
import { chunkSize, keyValue, oneOf, secondsAsMs, wholeNumber } from './values.ts';

interface RunOptions extends DefinitionOptions, InputOptions {
  param?: [key: string, value: string][];
  workers?: number;
  concurrency?: number;
  chunkSize?: number | 'auto';
  /** Milliseconds. */
  timeout?: number;
  retries?: number;
  maxTasksPerWorker?: number;
  halt?: string;
  export?: string;
  ordered?: boolean;
  dryRun?: boolean;
  progress: ProgressKind;
  dataDir: string;
}

/** `poolboard run` */
export function declareRun(program: Command, { cwd, dataDirOption, combined, ask }: Declaring): void {
  program
    .command('run')
    .summary('run a task on each input')
    .description('Runs a task on each input, and prints or exports the results.')
    .usage('(--task FILE | --builtin NAME | --command TEMPLATE) INPUT...')
    .addHelpOption(new Option('-h, --help', 'print help').helpGroup('Other:'))
    .addArgument(new Argument('[INPUT...]', 'files, folders (with their subfolders) and globs'))
    .optionsGroup('Inputs (one kind):')
    .option('--rows <FILE>', 'one input a row of FILE; - is standard input')
    .option('--range <A..B[:STEP]>', "numbers as Python's range: A is in, B is out; may be negative")
    .option('--hidden', 'take hidden files of folders and globs too')
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
    )
    .optionsGroup('Pool:')
    .addOption(
      new Option('--workers <N>', 'worker processes (default: one a core)').argParser(
        wholeNumber('--workers', 1, maxWorkers),
      ),
    )
    .addOption(
      new Option(
        '--concurrency <N>',
        'tasks that a worker runs at once (default: as the task says, else 1)',
      ).argParser(wholeNumber('--concurrency', 1, 1024)),
    )
    .addOption(
      new Option(
        '--chunk-size <N|auto>',
        'tasks sent to a worker in one message; auto goes by their time (default: auto)',
      ).argParser(chunkSize),
    )
    .addOption(
      new Option(
        '--timeout <S>',
        'seconds after which an attempt is ended, counted from its start (default: none)',
      ).argParser(secondsAsMs),
    )
    .addOption(
      new Option('--retries <N>', 'further attempts for a task that does not succeed (default: 0)').argParser(
        wholeNumber('--retries', 0, 100),
      ),
    )
    .addOption(
      new Option(
        '--max-tasks-per-worker <N>',
        'replace a worker after this many tasks (default: never)',
      ).argParser(wholeNumber('--max-tasks-per-worker', 1)),
    )
    .option('--halt <WHEN>', 'stop early; not yet in this version')
    .optionsGroup('Results:')
    .option('--export <FILE>', 'write the results to FILE (.csv .json .jsonl), print none')
    .option('--ordered', 'print results in the order of the inputs')
    .optionsGroup('Other:')
    .option('--dry-run', 'check all, print what would run, run nothing')
    .addOption(
      new Option('--progress <KIND>', 'auto, plain, json or none; see below')
        .argParser(oneOf('--progress', progressKinds))
        .default('auto', 'auto'),
    )
    .addOption(dataDirOption())
    .addHelpText('after', runHelp)
    .action((paths: string[], options: RunOptions) => {
      if (options.halt !== undefined) throw notYet('--halt');
      ask({
        command: 'run',
        definition: definitionOf(options, cwd),
        inputs: inputsOf(paths, options, combined),
        params: options.param ?? [],
        options: poolOptions(options),
        exportTo: options.export === undefined ? null : exportTarget(options.export, cwd),
        ordered: options.ordered ?? false,
        dryRun: options.dryRun ?? false,
        progress: options.progress,
        dataDir: options.dataDir,
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

/** Only what was given: the defaults are the engine's. */
function poolOptions(options: RunOptions): Partial<BatchOptions> {
  const { workers, concurrency, chunkSize, timeout, retries, maxTasksPerWorker } = options;
  const all = { workers, concurrency, chunkSize, timeoutMs: timeout, retries, maxTasksPerWorker };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
