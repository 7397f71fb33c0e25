import { Argument, type Command, Option } from 'commander';
import { type BatchId, taskStates } from '../shared/task.ts';
import type { Declaring } from './declaring.ts';
import { deleteHelp, exportHelp, listHelp, showHelp } from './help.ts';
import { exportTarget } from './run-options.ts';
import { batchId, oneOf, wholeNumber } from './values.ts';

/** The commands on batches that are kept: list, show, export and delete. */
export function declareBatchCommands(program: Command, { cwd, dataDirOption, ask }: Declaring): void {
  const batchArgument = () =>
    new Argument('[BATCH]', 'the number of a batch').argParser(batchId).default(null, 'the latest');

  program
    .command('list')
    .summary('list the batches')
    .description('Lists the batches, or one of them.')
    .addArgument(new Argument('[BATCH]', 'the number of a batch').argParser(batchId).default(null, 'all'))
    .option('--search <TEXT>', 'only batches whose name, task or state contains TEXT, ignoring case')
    .option('--json', 'a JSON object a line, with everything that is known')
    .addOption(dataDirOption())
    .addHelpText('after', listHelp)
    .action((batch, options) =>
      ask({
        command: 'list',
        batch,
        search: options.search ?? '',
        json: options.json ?? false,
        dataDir: options.dataDir,
      }),
    );

  program
    .command('show')
    .summary('show a batch and its failures, or one task')
    .description('Shows a batch with its failures, or one of its tasks with its output.')
    .addArgument(batchArgument())
    .addOption(
      new Option(
        '--task <INDEX>',
        'show one task: its input, result or error, attempts and output',
      ).argParser(wholeNumber('--task', 0)),
    )
    .option('--json', 'the same as a JSON object')
    .addOption(dataDirOption())
    .addHelpText('after', showHelp)
    .action((batch, options) =>
      ask({
        command: 'show',
        batch,
        task: options.task ?? null,
        json: options.json ?? false,
        dataDir: options.dataDir,
      }),
    );

  program
    .command('export')
    .summary('write the results of a batch to a file')
    .description('Writes the results of a batch, in the order of its inputs.')
    .addArgument(batchArgument())
    .option('-o, --export <FILE>', 'the file to write')
    .addOption(
      new Option('--filter <STATE>', `only tasks that are ${taskStates.join(', ')}`)
        .argParser(oneOf('--filter', ['all', ...taskStates] as const))
        .default('all', 'all'),
    )
    .addOption(dataDirOption())
    .addHelpText('after', exportHelp)
    .action((batch, options) =>
      ask({
        command: 'export',
        batch,
        to: options.export === undefined ? null : exportTarget(options.export, cwd),
        filter: options.filter,
        dataDir: options.dataDir,
      }),
    );

  program
    .command('delete')
    .summary('delete batches that have ended')
    .description('Deletes batches that have ended, with all of their results and output.')
    .addArgument(new Argument('<BATCH...>', 'numbers of batches').argParser(batchIds))
    .addOption(dataDirOption())
    .addHelpText('after', deleteHelp)
    .action((batches, options) => ask({ command: 'delete', batches, dataDir: options.dataDir }));
}

/** Adds the number of a batch to those before it, once. */
const batchIds = (text: string, former: BatchId[] = []): BatchId[] => [
  ...new Set([...former, batchId(text)]),
];
