import { defaultDataDir } from '../engine/data-dir.ts';
import { PoolboardError } from '../shared/errors.ts';
import { deleteBatches } from './delete.ts';
import { exitOk, exitUsage } from './exit-status.ts';
import { exportBatch } from './export.ts';
import { list } from './list.ts';
import { print } from './print.ts';
import { parse } from './program.ts';
import type { Request } from './requests.ts';
import { resume } from './resume.ts';
import { retry } from './retry.ts';
import { run } from './run.ts';
import { serve } from './serve.ts';
import { show } from './show.ts';
import { tasks } from './tasks.ts';
import type { Terminal } from './terminal.ts';

/** The command line: does what the arguments ask for, and resolves with the exit status. Never throws. */
export async function main(argv: readonly string[], terminal: Terminal, version: string): Promise<number> {
  try {
    const dataDir = defaultDataDir({ env: terminal.env });
    const { cwd, stdout } = terminal;
    return await answer(
      parse(argv, { version, cwd, dataDir, width: stdout.columns }),
      terminal,
      version,
      dataDir,
    );
  } catch (error) {
    const text = error instanceof PoolboardError ? error.message : ((error as Error).stack ?? String(error));
    terminal.stderr.write(`poolboard: ${text}\n`);
    return exitUsage;
  }
}

async function answer(
  request: Request,
  terminal: Terminal,
  version: string,
  dataDir: string,
): Promise<number> {
  switch (request.command) {
    case 'run':
      return run(request, terminal, dataDir);
    case 'resume':
      return resume(request, terminal, dataDir);
    case 'retry':
      return retry(request, terminal, dataDir);
    case 'delete':
      return deleteBatches(request, terminal);
    case 'list':
      return list(request, terminal);
    case 'show':
      return show(request, terminal, dataDir);
    case 'export':
      return exportBatch(request, terminal);
    case 'tasks':
      return tasks(request, terminal);
    case 'serve':
      return serve(request, terminal, version);
    case 'print':
      await print(terminal, [request.text.trimEnd()]);
      return exitOk;
  }
}
