/**
 * The schema of the database, as the steps that lead to it: migration `n` takes a database of version `n` to
 * `n + 1`. A step that was released is never edited; a change is a new step at the end.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE batches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    spec TEXT NOT NULL,
    state TEXT NOT NULL,
    owner TEXT NOT NULL,
    rest TEXT NOT NULL DEFAULT 'pending',
    total INTEGER NOT NULL DEFAULT 0,
    enumerated INTEGER NOT NULL DEFAULT 0,
    succeeded INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    canceled INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    created_at REAL NOT NULL,
    started_at REAL,
    ended_at REAL,
    error TEXT,
    warnings TEXT NOT NULL DEFAULT '[]',
    busy_ms REAL NOT NULL DEFAULT 0
  ) STRICT;

  -- key: see keys.ts. input: JSON text.
  CREATE TABLE tasks (key INTEGER PRIMARY KEY, input TEXT NOT NULL) STRICT;

  -- Each task that has ended, with its last attempt. outcome: null where it ended without an attempt of its own.
  -- attempts: how many it took. value: JSON text of the result, or of the error.
  CREATE TABLE results (
    key INTEGER PRIMARY KEY,
    state INTEGER NOT NULL,
    outcome INTEGER,
    attempts INTEGER NOT NULL,
    worker INTEGER,
    started_at REAL,
    ms REAL,
    value TEXT NOT NULL
  ) STRICT;
  -- Partial (2 is 'succeeded'), so that a task that succeeds costs one append and nothing more.
  CREATE INDEX unsuccessful ON results (state) WHERE state <> 2;

  -- Attempts that were followed by another one.
  CREATE TABLE attempts (
    id INTEGER PRIMARY KEY,
    key INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    worker INTEGER,
    started_at REAL,
    ms REAL,
    error TEXT NOT NULL
  ) STRICT;
  CREATE INDEX attempts_of_task ON attempts (key);

  CREATE TABLE output (
    id INTEGER PRIMARY KEY,
    key INTEGER NOT NULL,
    stream TEXT NOT NULL,
    at REAL NOT NULL,
    text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX output_of_task ON output (key);
  `,
  `
  -- generation: grows whenever ended tasks are opened again. bytes: about how much of the disk the batch takes,
  -- see row-bytes.ts. deleted_at: null where it was not deleted, negative while its rows are being removed.
  -- whole_spec: the spec with all of its inputs until they are enumerated, where it is another than spec.
  ALTER TABLE batches ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE batches ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE batches ADD COLUMN deleted_at REAL;
  ALTER TABLE batches ADD COLUMN whole_spec TEXT;
  -- priority: higher ones get workers first. place: among the batches that wait for their turn, the least first.
  ALTER TABLE batches ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE batches ADD COLUMN place REAL;
  ALTER TABLE output ADD COLUMN worker INTEGER;

  -- What was measured while a batch ran, for its timeline and its charts. body: JSON text.
  CREATE TABLE stats (batch INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;

  -- Files that a batch with a watched folder knows. stamp: tells one content from another one of the same path.
  CREATE TABLE watched (batch INTEGER, path TEXT, stamp TEXT NOT NULL, PRIMARY KEY (batch, path))
    STRICT, WITHOUT ROWID;

  UPDATE batches SET bytes = octet_length(spec) + 300
    + (SELECT coalesce(sum(octet_length(input) + 12), 0) FROM tasks
       WHERE key BETWEEN batches.id << 32 AND (batches.id << 32) + 0xffffffff)
    + (SELECT coalesce(sum(octet_length(value) + 40), 0) FROM results
       WHERE key BETWEEN batches.id << 32 AND (batches.id << 32) + 0xffffffff)
    + (SELECT coalesce(sum(octet_length(error) + 55), 0) FROM attempts
       WHERE key BETWEEN batches.id << 32 AND (batches.id << 32) + 0xffffffff)
    + (SELECT coalesce(sum(octet_length(text) + 50), 0) FROM output
       WHERE key BETWEEN batches.id << 32 AND (batches.id << 32) + 0xffffffff);

  -- value: JSON text.
  CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  -- Tells a database from every other one, wherever its file is.
  INSERT INTO settings (name, value) VALUES ('database', json_quote(lower(hex(randomblob(16)))));
  `,
];
