import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../engine/api.ts';
import { createEngine } from '../engine/create-engine.ts';
import { forkLauncher } from '../engine/launchers/fork.ts';
import type { BatchSummary } from '../shared/batch.ts';
import { PoolboardError } from '../shared/errors.ts';
import type { BatchId } from '../shared/task.ts';

/** Does something with an engine on a data folder, and closes it. */
export async function withEngine<T>(dataDir: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await createEngine({ dataDir, launcher: forkLauncher() });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** As {@link withEngine}, where no batch is to be kept: the data folder is not touched. */
export async function withPassingEngine<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
  const folder = await temporaryFolder();
  try {
    return await withEngine(folder, work);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function temporaryFolder(): Promise<string> {
  const parent = tmpdir();
  try {
    return await mkdtemp(join(parent, 'poolboard-'));
  } catch (error) {
    throw new PoolboardError(
      'NO_TEMPORARY_FOLDER',
      `No temporary folder can be made in ${parent} (${(error as Error).message}). Set ${variable} to another one.`,
      { cause: error },
    );
  }
}

/** What says where temporary files are kept. */
const variable = process.platform === 'win32' ? 'TEMP' : 'TMPDIR';

/** The batch of a number, or the latest. Throws `NO_SUCH_BATCH` and `NO_BATCHES`. */
export async function batchOf(engine: Engine, id: BatchId | null): Promise<BatchSummary> {
  if (id !== null) return engine.get(id);
  const [latest] = await engine.list();
  if (latest) return latest;
  throw new PoolboardError(
    'NO_BATCHES',
    'There are no batches yet; `poolboard run --help` tells how to run one.',
  );
}
