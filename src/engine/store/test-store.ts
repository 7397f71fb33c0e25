import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';
import { batchSpecSchema } from '../../shared/batch.ts';
import { type AttemptOutcome, outcomeCode, stateCode, type TaskState } from '../../shared/task.ts';
import { databaseName, openStore, type StoreOptions } from './open.ts';
import type { NewBatch, ResultCommit, Store } from './store.ts';

/** What the tests of the store share: folders and stores that go away by themselves, and short ways to fill them. */

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

export function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'poolboard-store-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function newStore(folder = newFolder(), options?: StoreOptions): Promise<Store> {
  const store = await openStore(folder, options);
  cleanups.push(() => store.close());
  return store;
}

/** Starts a program of `fixtures/`, and reads what it prints line by line. */
export function startFixture(name: string, ...args: string[]) {
  const file = fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  cleanups.push(() => child.kill('SIGKILL'));
  return { process: child, lines: createInterface({ input: child.stdout }) };
}

/** What the tables of a database hold, as another program sees it. */
export function inspect(folder: string) {
  const db = new DatabaseSync(path.join(folder, databaseName), { readOnly: true });
  const number = (sql: string) => Number(db.prepare(sql).get()?.n);
  const found = {
    integrity: db.prepare('PRAGMA integrity_check').get()?.integrity_check,
    tasks: number('SELECT count(*) AS n FROM tasks'),
    results: number('SELECT count(*) AS n FROM results'),
    attempts: number('SELECT count(*) AS n FROM attempts'),
    output: number('SELECT count(*) AS n FROM output'),
    batches: number('SELECT count(*) AS n FROM batches'),
    total: number('SELECT sum(total) AS n FROM batches'),
    succeeded: number('SELECT sum(succeeded) AS n FROM batches'),
    /** By the batches' counts: as many as there are results. */
    ended: number('SELECT sum(succeeded + failed + canceled + skipped) AS n FROM batches'),
  };
  db.close();
  return found;
}

export const newBatch = (more: Partial<NewBatch> = {}): NewBatch => ({
  name: 'a batch',
  spec: batchSpecSchema.parse({
    definition: { kind: 'module', file: '/square.js' },
    inputs: { kind: 'range', from: 0, to: 10 },
  }),
  state: 'running',
  owner: '1',
  createdAt: 1_750_000_000_000,
  ...more,
});

export interface Ended {
  index: number;
  state?: TaskState;
  outcome?: AttemptOutcome;
  /** Stored as JSON. */
  value?: unknown;
  attempt?: number;
  ms?: number;
  startedAt?: number;
}

/** A commit of attempts that, where they do not say otherwise, succeeded at once. */
export function commitOf(batch: number, ended: Ended[], more: Partial<ResultCommit> = {}): ResultCommit {
  return {
    batch,
    worker: 1,
    indices: ended.map(({ index }) => index),
    outcomes: Uint8Array.from(ended, ({ outcome = 'ok' }) => outcomeCode(outcome)),
    states: Uint8Array.from(ended, ({ state = 'succeeded' }) => stateCode(state)),
    values: ended.map(({ value = null }) => JSON.stringify(value)).join('\n'),
    startedAt: Float64Array.from(ended, ({ startedAt = 1_750_000_000_000.25 }) => startedAt),
    ms: Float64Array.from(ended, ({ ms = 1.5 }) => ms),
    attempts: ended.some(({ attempt }) => attempt !== undefined)
      ? ended.map(({ attempt = 1 }) => attempt)
      : undefined,
    output: [],
    ...more,
  };
}

export const anError = {
  name: 'TypeError',
  message: 'no "way"\nout',
  stack: 'TypeError: no\n  at x',
  code: 'E1',
};

/** Texts that break programs which are careless with texts. All but the last come back exactly everywhere. */
export const hostileTexts = [
  '',
  'line\nbreak\r\n',
  'nul\0inside',
  '"quoted" \\ back\\slash',
  "it's; DROP TABLE tasks; --",
  'émoji 😀 你好 İ',
  '%_*?[a]',
  '\u2028\u2029\ufeff',
  'null',
  '\ud800 half a pair',
];
