import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { type BatchSummary, hasEnded } from '../src/shared/batch.ts';
import { contract, type PoolboardContract } from '../src/shared/contract.ts';
import { type Client, createClient, type HostMessage } from '../src/shared/rpc.ts';

/** A built web host, spoken to as its window does. */
export interface BoardHost {
  address: string;
  client: Client<PoolboardContract>;
  /** Runs a task file over a range; `started` hears of the batch, whose summary is answered once it has ended. */
  run(file: string, tasks: number, started?: (id: number) => void): Promise<BatchSummary>;
  stop(): Promise<void>;
}

export async function startHost(dataDir: string): Promise<BoardHost> {
  const cli = fileURLToPath(new URL('../out/main/cli.js', import.meta.url));
  const child = spawn(process.execPath, [cli, 'serve', '--no-open', '--port', '0', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const address = line.toString().trim();
  const { client, close } = await connect(address);

  const summaries = new Map<number, BatchSummary>();
  let heard = () => {};
  client.batches.on.changed((changed) => {
    for (const summary of changed) summaries.set(summary.id, summary);
    heard();
  });

  return {
    address,
    client,
    async run(file, tasks, started) {
      const definition = { kind: 'module' as const, file };
      const { code } = await client.definitions.inspect(definition);
      await client.definitions.trust({ file, code: code ?? '' });
      const { id } = await client.batches.submit({
        definition,
        inputs: { kind: 'range', from: 0, to: tasks },
      });
      started?.(id);
      for (;;) {
        const summary = summaries.get(id);
        if (summary && hasEnded(summary.state)) return summary;
        await new Promise<void>((resolve) => {
          heard = resolve;
        });
      }
    },
    async stop() {
      close();
      child.kill('SIGINT');
      await once(child, 'exit');
    },
  };
}

async function connect(address: string): Promise<{ client: Client<PoolboardContract>; close: () => void }> {
  const { origin, host } = new URL(address);
  const opened = await fetch(address, { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const socket = new WebSocket(`ws://${host}/socket`, { origin, headers: { cookie } });
  await once(socket, 'open');
  const client = createClient(contract, {
    send: (message) => socket.send(JSON.stringify(message)),
    onMessage: (listener) =>
      socket.on('message', (data) => listener(JSON.parse(String(data)) as HostMessage)),
  });
  return { client, close: () => socket.close() };
}
