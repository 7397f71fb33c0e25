import { parentPort, workerData } from 'node:worker_threads';
import { PoolboardError } from '../../shared/errors.ts';
import { Again } from './again.ts';
import { Database } from './database.ts';
import { readsOf, writesOf } from './operations.ts';
import { Place } from './place.ts';
import { movedId, openedId, type StoreReply, type StoreRequest, type StoreThreadData } from './protocol.ts';
import { isDetached, toStoreError } from './store-error.ts';
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
  const place = new Place(db, () => succeed(movedId, undefined));
  const queue = new WriteQueue(db, place);
  // The types of requests are checked where they are made, see `StoreCalls`.
  const reads = { ...readsOf(db), keepPlace: () => place.keep() } as unknown as Operations;
  const writes = writesOf(db) as unknown as Operations;
  port!.on('message', (request: StoreRequest) => {
    if (request.name === 'close') queue.whenEmpty(() => close(db, place, request.id));
    else if (Object.hasOwn(writes, request.name)) write(queue, writes, request);
    else read(reads, place, request);
  });
}

function read(reads: Operations, place: Place, { id, name, args }: StoreRequest): void {
  try {
    const operation = reads[name];
    if (!operation) throw new PoolboardError('UNKNOWN_CALL', `The store has no call "${name}".`);
    if (role === 'reader') place.follow();
    succeed(
      id,
      readTwice(place, () => operation(...args)),
    );
  } catch (error) {
    fail(id, error);
  }
}

/** Once more on a new connection, where the one that there is may be of no more use. */
function readTwice(place: Place, work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    place.failed(error);
    if (!isDetached(error)) throw error;
    if (role === 'reader') place.follow();
    else place.keep();
    return work();
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

function close(db: Database, place: Place, id: number): void {
  try {
    place.beforeClose();
    succeed(id, undefined);
  } catch (error) {
    fail(id, error);
  }
  try {
    db.close();
  } catch {
    // All that was committed is there, and the connection ends with the thread.
  }
  port!.close();
}
