import { parentPort, workerData } from 'node:worker_threads';
import { PoolboardError } from '../../shared/errors.ts';
import { Database } from './database.ts';
import { again, reads, writes } from './operations.ts';
import { openedId, type StoreReply, type StoreRequest, type StoreThreadData } from './protocol.ts';
import { toStoreError } from './store-error.ts';
import { WriteQueue } from './write-queue.ts';

/** The entry of the store's threads: opens the database, then answers requests. */

type Operation = (db: Database, ...args: unknown[]) => unknown;

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
  port!.on('message', ({ id, name, args }: StoreRequest) => {
    if (name === 'close') queue.whenEmpty(() => close(db, id));
    else if (Object.hasOwn(writes, name)) write(queue, db, { id, name, args });
    else read(db, { id, name, args });
  });
}

function read(db: Database, { id, name, args }: StoreRequest): void {
  try {
    const operation = (reads as Record<string, unknown>)[name] as Operation | undefined;
    if (!operation) throw new PoolboardError('UNKNOWN_CALL', `The store has no call "${name}".`);
    succeed(id, operation(db, ...args));
  } catch (error) {
    fail(id, error);
  }
}

function write(queue: WriteQueue, db: Database, request: StoreRequest): void {
  const operation = (writes as unknown as Record<string, Operation>)[request.name]!;
  queue.add({
    run: () => operation(db, ...request.args),
    done: (result) => {
      if (result === again) write(queue, db, request);
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
