/**
 * A host of the engine that a test can talk to, and kill: `host.ts DATA_DIR POOL_SIZE`. Reads commands and writes
 * answers and events as JSON lines; ends when its standard input does.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createEngine } from '../src/engine/create-engine.ts';
import { forkLauncher } from '../src/engine/launchers/fork.ts';
import { toErrorInfo } from '../src/shared/errors.ts';
import { taskQuerySchema } from '../src/shared/views.ts';
import type { Command, HostEvent } from './host-protocol.ts';

const [dataDir, poolSize] = process.argv.slice(2);
const engine = await createEngine({
  dataDir: dataDir!,
  launcher: forkLauncher(),
  poolSize: Number(poolSize),
});

/** Written at once: what was told before a kill has been told. */
function tell(event: HostEvent): void {
  const line = Buffer.from(`${JSON.stringify(event)}\n`);
  for (let written = 0; written < line.length; ) {
    try {
      written += writeSync(1, line, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

const telling = {
  onResults: (rows: { index: number; state: string; value: string | null; attempts: number }[]) =>
    tell({
      event: 'results',
      rows: rows.map(({ index, state, value, attempts }) => ({ index, state, value, attempts })),
    }),
};

async function perform(command: Command): Promise<unknown> {
  switch (command.do) {
    case 'submit':
      return engine.submit(command.spec, telling);
    case 'resume':
      return engine.resume(command.batch, telling);
    case 'retry':
      return engine.retry(command.batch, 'unsuccessful', telling);
    case 'pause':
      return engine.pause(command.batch);
    case 'cancel':
      return engine.cancel(command.batch);
    case 'cancel-task':
      return engine.cancelTasks(command.batch, { indices: [command.index] });
    case 'ended':
      return engine.ended(command.batch);
    case 'get':
      return engine.get(command.batch);
    case 'running':
      return engine.page(command.batch, taskQuerySchema.parse({ filter: 'running' }), 0, 100);
    case 'pool':
      return engine.pool();
    case 'pool-size':
      return engine.setPoolSize(command.size);
    case 'close':
      return engine.close();
  }
}

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const { id, command } = JSON.parse(line) as { id: number; command: Command };
  perform(command).then(
    (result) => tell({ event: 'answer', id, result: result ?? null }),
    (error: unknown) => tell({ event: 'answer', id, error: toErrorInfo(error) }),
  );
});
tell({ event: 'open' });
