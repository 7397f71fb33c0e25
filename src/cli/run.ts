import { dryRun } from './dry-run.ts';
import { follow } from './follow.ts';
import type { RunRequest } from './requests.ts';
import type { Terminal } from './terminal.ts';

/** `poolboard run`. Resolves with the exit status. */
export function run(request: RunRequest, terminal: Terminal, defaultDataDir: string): Promise<number> {
  if (request.dryRun) return dryRun(request, terminal);
  const { definition, params, inputs, options } = request;
  const spec = { definition, params: Object.fromEntries(params), inputs, options };
  const isTyped = inputs.kind === 'rows' && inputs.file === '-' && terminal.stdin.isTTY === true;
  return follow(
    {
      poolSize: options.workers,
      hint: isTyped ? 'Type an input a line; end with Ctrl-D.' : undefined,
      begin: (engine, more) => engine.submit(spec, more),
    },
    request,
    terminal,
    defaultDataDir,
  );
}
