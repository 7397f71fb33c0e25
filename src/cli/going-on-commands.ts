import { Argument, type Command, Option } from 'commander';
import type { Declaring } from './declaring.ts';
import { resumeHelp, retryHelp } from './help.ts';
import {
  declareNice,
  declareProgress,
  declareResults,
  type OutputOptions,
  outputOf,
} from './output-options.ts';
import type { RetryRequest } from './requests.ts';
import { usageError } from './usage-error.ts';
import { batchId } from './values.ts';

interface RetryOptions extends OutputOptions {
  failed?: boolean;
  error?: string;
}

/** `poolboard resume` and `poolboard retry`: what runs batches that are there. */
export function declareGoingOn(program: Command, declaring: Declaring): void {
  const { cwd, ask } = declaring;
  const batch = (which: string) =>
    new Argument('[BATCH]', 'the number of a batch').argParser(batchId).default(null, which);
  const declareOutput = (command: Command) => {
    declareResults(command, 'print all results of the batch, in the order of the inputs');
    command.optionsGroup('Other:');
    declareNice(command);
    declareProgress(command, declaring);
    command.addHelpOption(new Option('-h, --help', 'print help').helpGroup('Other:'));
  };

  const resume = program
    .command('resume')
    .summary('finish a batch that was interrupted')
    .description('Finishes a batch that was interrupted or canceled, with its own settings.')
    .addArgument(batch('the latest that was interrupted'));
  declareOutput(resume);
  resume
    .addHelpText('after', resumeHelp)
    .action((id, options: OutputOptions) => ask({ command: 'resume', batch: id, ...outputOf(options, cwd) }));

  const retry = program
    .command('retry')
    .summary('run what did not succeed again')
    .description('Runs tasks that did not succeed again, with the settings of their batch.')
    .addArgument(batch('the latest with something to retry'))
    .optionsGroup('Tasks (default: all that did not succeed):')
    .option('--failed', 'those that failed; not those that were canceled or skipped')
    .option('--error <GROUP>', 'those of one group of failures: its number, or a part of its error');
  declareOutput(retry);
  retry
    .addHelpText('after', retryHelp)
    .action((id, options: RetryOptions) =>
      ask({ command: 'retry', batch: id, tasks: tasksOf(options), ...outputOf(options, cwd) }),
    );
}

function tasksOf({ failed, error }: RetryOptions): RetryRequest['tasks'] {
  if (error === undefined) return failed ? 'failed' : 'unsuccessful';
  if (failed) throw usageError('Give --failed or --error, not both: a group of failures is of failed tasks.');
  if (error.trim() === '') {
    throw usageError('--error takes the number of a group of failures, or a part of its error.');
  }
  return { group: error.trim() };
}
