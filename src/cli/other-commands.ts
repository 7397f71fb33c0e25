import { Argument, type Command, Option } from 'commander';
import type { Declaring } from './declaring.ts';
import { serveHelp, tasksHelp } from './help.ts';
import { fileDefinition } from './run-options.ts';
import { usageError } from './usage-error.ts';
import { wholeNumber } from './values.ts';

/** `poolboard tasks` and `poolboard serve` */
export function declareOtherCommands(program: Command, { cwd, dataDirOption, ask }: Declaring): void {
  program
    .command('tasks')
    .summary('list the built-in tasks, or describe a task file')
    .description('Lists the built-in tasks, or describes a task file.')
    .addArgument(new Argument('[FILE]', 'a function file'))
    .option('--function <NAME>', 'the function of FILE to describe (default: its default export)')
    .option('--json', 'a JSON object a line')
    .addHelpText('after', tasksHelp)
    .action((file: string | undefined, options) => {
      if (file === undefined && options.function !== undefined)
        throw usageError('--function goes with a FILE.');
      ask({
        command: 'tasks',
        definition: file === undefined ? null : fileDefinition(file, options.function, cwd),
        json: options.json ?? false,
      });
    });

  program
    .command('serve')
    .summary('open the window in the browser')
    .description("Serves Poolboard's window to the browser of this machine.")
    .addOption(
      new Option('--port <N>', 'the port to listen on')
        .argParser(wholeNumber('--port', 0, 65_535))
        .default(0, 'any free one'),
    )
    .option('--no-open', 'only print the address, open no browser')
    .addOption(dataDirOption())
    .addHelpText('after', serveHelp)
    .action((options) =>
      ask({ command: 'serve', port: options.port, open: options.open, dataDir: options.dataDir }),
    );
}
