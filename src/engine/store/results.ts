import { PoolboardError } from '../../shared/errors.ts';
import { columnTexts } from '../../shared/json-column.ts';
import { outcomeCode, stateCode, taskStates } from '../../shared/task.ts';
import { isThere, noSuchBatch } from './batches.ts';
import type { Database } from './database.ts';
import { keyOf } from './keys.ts';
import { multiInsert } from './multi-insert.ts';
import { insertOutput } from './output.ts';
import { rowBytes } from './row-bytes.ts';
import type { EndedCounts, ResultCommit } from './store.ts';

const succeeded = stateCode('succeeded');
const pending = stateCode('pending');
const ok = outcomeCode('ok');

const insert =
  'INSERT OR IGNORE INTO results (key, state, outcome, attempts, worker, started_at, ms, value) VALUES';
const insertPlain = multiInsert(insert, `(?, ${succeeded}, ${ok}, 1, ?, ?, ?, ?)`);
const insertOther = multiInsert(insert, '(?, ?, ?, ?, ?, ?, ?, ?)');

/**
 * Writes attempts, results, output and the batch's counts, and answers with the tasks that ended by it. Runs in
 * the caller's transaction. What is there already is left as it is, so that a commit can be handed over again.
 * Throws `NO_SUCH_BATCH`, `BAD_COMMIT`.
 */
export function writeResults(db: Database, commit: ResultCommit): EndedCounts {
  const { batch, indices, outcomes, states, startedAt, ms, attempts } = commit;
  const texts = columnTexts(commit.values, indices.length);
  if (texts.length !== indices.length) {
    throw new PoolboardError(
      'BAD_COMMIT',
      `${texts.length} results came for ${indices.length} tasks of batch ${batch}.`,
    );
  }
  const attemptOf = (row: number) => attempts?.[row] ?? 1;
  const isPlain = (row: number) => states[row] === succeeded && outcomes[row] === ok && attemptOf(row) === 1;
  const counts: EndedCounts = { succeeded: 0, failed: 0, canceled: 0, skipped: 0 };

  let written = 0;
  let row = 0;
  while (row < indices.length) {
    // Runs of tasks that succeeded at once are most of all results: many a statement.
    let end = row;
    while (end < indices.length && isPlain(end)) end += 1;
    const start = row;
    counts.succeeded += insertPlain(db, end - start, (offset, values) => {
      const at = start + offset;
      const key = keyOf(batch, indices[at]!);
      values.push(key, commit.worker, startedAt[at]!, ms[at]!, texts[at]!);
    });
    if (end < indices.length) writeOther(end);
    row = end + 1;
  }
  for (const count of Object.values(counts)) written += count;
  // The share of those that were written, where some were there already.
  const bytes = indices.length === 0 ? 0 : (commit.values.length * written) / indices.length;
  const outputBytes = insertOutput(db, batch, commit.output, commit.worker);
  addToCounts(db, batch, counts, bytes + written * rowBytes.result + outputBytes);
  return counts;

  function writeOther(at: number): void {
    const key = keyOf(batch, indices[at]!);
    const attempt = attemptOf(at);
    const state = states[at]!;
    const text = texts[at]!;
    if (state === pending) {
      const values = [key, attempt, outcomes[at]!, commit.worker, startedAt[at]!, ms[at]!, text];
      written += db.run(insertAttempt, ...values, key, key, attempt).changes;
      return;
    }
    const values =
      attempt === 0
        ? [key, state, null, attemptsBefore(db, key), null, null, null, text]
        : [key, state, outcomes[at]!, attempt, commit.worker, startedAt[at]!, ms[at]!, text];
    counts[taskStates[state] as keyof EndedCounts] += insertOther(db, 1, (_, row) => row.push(...values));
  }
}

function attemptsBefore(db: Database, key: number): number {
  return db.get<{ n: number }>('SELECT count(*) AS n FROM attempts WHERE key = ?', key)!.n;
}

// A task that has its result makes no more attempts: what comes late is a copy; so is an attempt that is there.
const insertAttempt = `
  INSERT INTO attempts (key, attempt, outcome, worker, started_at, ms, error)
  SELECT ?, ?, ?, ?, ?, ?, ?
    WHERE NOT EXISTS (SELECT 1 FROM results WHERE key = ?)
      AND NOT EXISTS (SELECT 1 FROM attempts WHERE key = ? AND attempt = ?)`;

function addToCounts(db: Database, batch: number, counts: EndedCounts, bytes: number): void {
  const { changes } = db.run(
    `UPDATE batches SET succeeded = succeeded + ?, failed = failed + ?, canceled = canceled + ?,
       skipped = skipped + ?, bytes = bytes + ? WHERE id = ? AND ${isThere}`,
    counts.succeeded,
    counts.failed,
    counts.canceled,
    counts.skipped,
    Math.round(bytes),
    batch,
  );
  if (changes === 0) throw noSuchBatch(batch);
}
