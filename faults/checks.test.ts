import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { databaseName, openStore } from '../src/engine/store/open.ts';
import { anError, commitOf, type Ended, newBatch } from '../src/engine/store/test-store.ts';
import { check, type Played } from './checks.ts';
import { makeFolder, type RunFolder } from './folder.ts';
import type { ToldRow } from './host-protocol.ts';
import type { Schedule } from './schedule.ts';

const schedule: Schedule = {
  seed: 0,
  kind: 'module',
  builtin: 'primes',
  inputs: 'range',
  behaviours: ['value', 'throws', 'throws-first'],
  poolSize: 1,
  options: { retries: 1 },
  faults: [],
  retries: false,
};
const squareOf = (i: number) => ({ i, square: i * i });
const succeeded = (index: number, attempt = 1): Ended => ({ index, attempt, value: squareOf(index) });
const failed = (index: number, attempt: number, more: Partial<Ended> = {}): Ended => ({
  index,
  attempt,
  outcome: 'error',
  state: 'failed',
  value: anError,
  ...more,
});
/** What a run that nobody disturbed commits. */
const right = [
  succeeded(0),
  failed(1, 1, { state: 'pending' }),
  failed(1, 2),
  failed(2, 1, { state: 'pending' }),
  succeeded(2, 2),
];
const told = (index: number, state = 'succeeded'): [number, ToldRow] => [
  index,
  { index, state, value: JSON.stringify(squareOf(index)), attempts: 1 },
];

let folder: RunFolder;
beforeEach(() => {
  folder = makeFolder(schedule);
  mkdirSync(join(folder.dataDir, 'owners'));
});
afterEach(() => rmSync(folder.path, { recursive: true }));

interface Left extends Partial<Played> {
  /** Attempts, a commit each. */
  commits?: Ended[];
  tasks?: number;
  state?: 'completed' | 'running';
  sql?: string;
  /** What is done to the folder afterwards. */
  after?: () => void;
}

/** The problems of a run that has left this. */
async function problemsOf({ commits = right, tasks = 3, state = 'completed', ...more }: Left) {
  const store = await openStore(folder.dataDir);
  const batch = await store.createBatch(newBatch());
  await store.addRange(batch, 0, 1, tasks);
  for (const ended of commits) await store.commit([commitOf(batch, [ended])]);
  await store.updateBatch(batch, { state, enumerated: true });
  await store.close();
  if (more.sql) {
    const database = new DatabaseSync(join(folder.dataDir, databaseName));
    database.exec(more.sql);
    database.close();
  }
  more.after?.();
  const problems = await check({
    schedule,
    folder,
    batch,
    told: new Map(),
    executions: new Map(),
    hostsEnded: 0,
    ...more,
  });
  return problems.join('\n');
}

it('finds nothing wrong with a run that is right', async () => {
  const played = { told: new Map([told(0), told(2)]), executions: new Map([[0, 0]]) };
  expect(await problemsOf(played)).toBe('');
});

it.each<[string, Left, RegExp]>([
  ['a task without a final state', { commits: right.slice(0, 4) }, /task 2 \(throws-first\) is pending/],
  [
    'a task that has failed and should not',
    { commits: [...right.slice(0, 4), failed(2, 2)] },
    /task 2 \(throws-first\) is failed/,
  ],
  [
    'a value of another task',
    { commits: [{ index: 0, value: squareOf(1) }, ...right.slice(1)] },
    /task 0 gave/,
  ],
  ['a batch that has not ended', { state: 'running' }, /the batch is running/],
  ['a task too many', { tasks: 4 }, /has 4 tasks/],
  [
    'counts that are not those of the rows',
    { sql: 'UPDATE batches SET succeeded = 3' },
    /counts 3 succeeded/,
  ],
  [
    'an attempt that is missing',
    { commits: right.filter((ended) => ended !== right[3]) },
    /task 2 .* not numbered from 1|its row says/,
  ],
  [
    'more attempts than there may be',
    {
      commits: [
        succeeded(0),
        ...[1, 2].map((attempt) => failed(1, attempt, { state: 'pending' })),
        failed(1, 3),
        ...right.slice(3),
      ],
    },
    /task 1 .* more than 2/,
  ],
  [
    'an outcome that the task cannot have',
    { commits: [...right.slice(0, 2), failed(1, 2, { outcome: 'crash' }), ...right.slice(3)] },
    /task 1 .* not ended by error/,
  ],
  ['a result that was told otherwise', { told: new Map([told(0, 'failed')]) }, /task 0 was told as failed/],
  [
    'a task that ran again after it was told',
    { executions: new Map([[0, 1]]), after: () => writeFileSync(join(folder.tries, '0'), 'xx') },
    /executed again/,
  ],
  [
    'a file that was left',
    { after: () => writeFileSync(join(folder.tmp, 'left'), '') },
    /tmp\/left was left behind/,
  ],
])('finds %s', async (_, left, problem) => {
  expect(await problemsOf(left)).toMatch(problem);
});

it('finds a lock that an ended program has left', async () => {
  const after = () => writeFileSync(join(folder.dataDir, 'owners', '1'), '');
  expect(await problemsOf({ after })).toMatch(/owners\/1 was left behind/);
});
