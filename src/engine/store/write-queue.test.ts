import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { Database } from './database.ts';
import { databaseName } from './open.ts';
import { newFolder } from './test-store.ts';
import { WriteQueue } from './write-queue.ts';

const newDatabase = () => new Database(path.join(newFolder(), databaseName));

function add<Result>(queue: WriteQueue, run: () => Result): Promise<Result> {
  return new Promise((done, failed) => queue.add({ run, done, failed }));
}

test('writes that wait together are one transaction, in the order that they came', async () => {
  const db = newDatabase();
  const transaction = vi.spyOn(db, 'transaction');
  const queue = new WriteQueue(db);
  const order: number[] = [];
  const results = await Promise.all(Array.from({ length: 100 }, (_, n) => add(queue, () => order.push(n))));
  expect(results).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
  expect(order).toEqual(Array.from({ length: 100 }, (_, n) => n));
  expect(transaction).toHaveBeenCalledTimes(1);
  db.close();
});

test('nothing is told to be done before it is committed', async () => {
  const db = newDatabase();
  const queue = new WriteQueue(db);
  const events: string[] = [];
  vi.spyOn(db, 'transaction').mockImplementation((work) => {
    const result = work();
    events.push('commit');
    return result;
  });
  const tell = (name: string) => add(queue, () => events.push(`run ${name}`)).then(() => events.push(name));
  await Promise.all([tell('a'), tell('b')]);
  expect(events).toEqual(['run a', 'run b', 'commit', 'a', 'b']);
  db.close();
});

test('where no transaction can begin all that wait fail, and are not tried for ever', async () => {
  const db = newDatabase();
  db.close();
  const queue = new WriteQueue(db);
  const empty = new Promise<void>((resolve) => queue.whenEmpty(resolve));
  const outcomes = await Promise.allSettled([add(queue, () => 1), add(queue, () => 2)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await empty;
});
