import { createEngine } from '../engine/create-engine.ts';
import { samples } from '../engine/host/samples.ts';
import { forkLauncher } from '../engine/launchers/fork.ts';
import { openBrowser } from '../web/open-browser.ts';
import { startWebHost } from '../web/web-host.ts';
import { exitOk } from './exit-status.ts';
import { hearInterrupts } from './interrupts.ts';
import { print } from './print.ts';
import type { ServeRequest } from './requests.ts';
import type { Terminal } from './terminal.ts';

/** `poolboard serve`: runs until it is interrupted. */
export async function serve(request: ServeRequest, terminal: Terminal, version: string): Promise<number> {
  const interrupts = hearInterrupts(terminal);
  const { dataDir, port, open } = request;
  const engine = await createEngine({ dataDir, launcher: forkLauncher() });
  const done = Promise.withResolvers<void>();
  try {
    const host = await startWebHost({
      engine,
      dataDir,
      version,
      samples,
      port,
      open: open ? openBrowser : undefined,
      quit: done.resolve,
    });
    await print(terminal, [host.address]);
    terminal.stderr.write(
      'Poolboard serves its window at this address, to this machine only. Ctrl-C ends it.\n',
    );
    await Promise.race([interrupts.first, done.promise]);
    await host.close();
    return exitOk;
  } finally {
    await Promise.race([engine.close(), interrupts.last]);
    interrupts.stop();
  }
}
