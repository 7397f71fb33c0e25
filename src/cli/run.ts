import { dryRun } from './dry-run.ts';
import { follow } from './follow.ts';
import type { RunRequest } from './requests.ts';
import type { Terminal } from './terminal.ts';

/** `poolboard run`. Resolves with the exit status. */
export function run(request: RunRequest, terminal: Terminal, defaultDataDir: string): Promise<number> {
  if (request.dryRun) return dryRun(request, terminal);
  const { definition, params, inputs, options } = request;
  return follow(
    {
      poolSize: options.workers,
      goesOn: false,
      begin(engine, more, progress) {
        if (inputs.kind === 'rows' && inputs.file === '-' && terminal.stdin.isTTY) {
          progress.say('Type an input a line; end with Ctrl-D.');
        }
        return engine.submit({ definition, params: Object.fromEntries(params), inputs, options }, more);
      },
    },
    request,
    terminal,
    defaultDataDir,
  );
}
