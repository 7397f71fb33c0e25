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
];
