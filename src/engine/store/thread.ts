import { parentPort, workerData } from 'node:worker_threads';
import { PoolboardError } from '../../shared/errors.ts';
import { Again } from './again.ts';
import { Database } from './database.ts';
import { readsOf, writesOf } from './operations.ts';
import { openedId, type StoreReply, type StoreRequest, type StoreThreadData } from './protocol.ts';
import { toStoreError } from './store-error.ts';
import { WriteQueue } from './write-queue.ts';

/** The entry of the store's threads: opens the database, then answers requests. */

type Operations = Record<string, (...args: unknown[]) => unknown>;

const port = parentPort;
if (!port) throw new Error('This file runs as a worker thread of the store.');
const { file, role, maxPages } = workerData as StoreThreadData;

const answer = (reply: StoreReply) => port.postMessage(reply);
const succeed = (id: number, result: unknown) => answer({ id, result });
const fail = (id: number, thrown: unknown) => {
  const { code, message } = toStoreError(thrown, file);
  answer({ id, error: { code, message } });
};

try {
  serve(new Database(file, { readOnly: role === 'reader', maxPages }));
  succeed(openedId, undefined);
} catch (error) {
  fail(openedId, error);
}

function serve(db: Database): void {
  const queue = new WriteQueue(db);
  // The types of requests are checked where they are made, see `StoreCalls`.
  const reads = readsOf(db) as unknown as Operations;
  const writes = writesOf(db) as unknown as Operations;
  port!.on('message', (request: StoreRequest) => {
    if (request.name === 'close') queue.whenEmpty(() => close(db, request.id));
    else if (Object.hasOwn(writes, request.name)) write(queue, writes, request);
    else read(reads, request);
  });
}

function read(reads: Operations, { id, name, args }: StoreRequest): void {
  try {
    const operation = reads[name];
    if (!operation) throw new PoolboardError('UNKNOWN_CALL', `The store has no call "${name}".`);
    succeed(id, operation(...args));
  } catch (error) {
    fail(id, error);
  }
}

function write(queue: WriteQueue, writes: Operations, request: StoreRequest): void {
  queue.add({
    run: () => writes[request.name]!(...request.args),
    done: (result) => {
      if (result instanceof Again) write(queue, writes, { ...request, args: result.args });
      else succeed(request.id, result);
    },
    failed: (error) => fail(request.id, error),
  });
}

function close(db: Database, id: number): void {
  try {
    db.close();
    succeed(id, undefined);
  } catch (error) {
    fail(id, error);
  }
  port!.close();
}
