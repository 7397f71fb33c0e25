import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BatchOptions, BatchSpecInput } from '../../shared/batch.ts';
import { taskQuerySchema } from '../../shared/views.ts';
import type { Engine } from '../api.ts';
import { createEngine } from '../create-engine.ts';
import { forkLauncher } from '../launchers/fork.ts';
import type { ExportRow } from '../store/store.ts';

let dir: string;
let engine: Engine;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'poolboard-python-'));
  engine = await createEngine({ dataDir: join(dir, 'data'), launcher: forkLauncher(), poolSize: 2 });
});

afterEach(async () => {
  await engine.close();
  rmSync(dir, { recursive: true });
});

function spec(source: string, count: number, more: Partial<BatchSpecInput> = {}): BatchSpecInput {
  const file = join(dir, 'tasks.py');
  writeFileSync(file, source);
  return { definition: { kind: 'python', file }, inputs: { kind: 'range', from: 0, to: count }, ...more };
}

async function run(source: string, count: number, options: Partial<BatchOptions> = {}) {
  const { id } = await engine.submit(spec(source, count, { options }));
  const summary = await engine.ended(id);
  const rows: ExportRow[] = [];
  for await (const slice of engine.exportRows(id, taskQuerySchema.parse({}))) rows.push(...slice);
  return { summary, rows };
}

test('a hundred thousand tasks, each with its own result', async () => {
  const { summary, rows } = await run('def task(x):\n    return x * x', 100_000);
  expect(summary.counts).toMatchObject({ succeeded: 100_000, failed: 0 });
  expect(rows.every((row) => row.value === String(row.index * row.index))).toBe(true);
});

describe('one task of many fails alone where it', () => {
  test.each([
    ['raises', 'raise ValueError("no")', { name: 'ValueError', message: 'no' }],
    ['calls sys.exit', 'sys.exit(3)', { name: 'SystemExit', code: '3' }],
    ['calls os._exit(3)', 'os._exit(3)', { message: expect.stringContaining('3') }],
    ['reads where it must not', 'ctypes.string_at(0)', { message: expect.stringContaining('SIGSEGV') }],
    ['is killed', 'os.kill(os.getpid(), 9)', { message: expect.stringContaining('SIGKILL') }],
    ['returns what cannot be stored', 'return object()', { code: 'RESULT_NOT_STORABLE' }],
  ])('%s', async (_, statement, error) => {
    const source = `import ctypes, os, sys\ndef task(x):\n    if x == 500:\n        ${statement}\n    return x`;
    const { summary, rows } = await run(source, 1000);
    expect(summary.counts).toMatchObject({ succeeded: 999, failed: 1 });
    expect(rows[500]).toMatchObject({ state: 'failed', error });
    expect(rows.every((row) => row.index === 500 || row.value === String(row.index))).toBe(true);
  });

  test.each([
    ['waits', 'time.sleep(1000)'],
    ['is in native code that lets nobody else run', 'ctypes.PyDLL(None).sleep(1000)'],
    ['swallows KeyboardInterrupt', 'swallow()'],
  ])('%s for longer than its timeout', async (_, statement) => {
    const source = `
import ctypes, time
def swallow():
    while True:
        try:
            time.sleep(1000)
        except KeyboardInterrupt:
            pass
def task(x):
    if x == 5:
        ${statement}
    return x
`;
    const { summary, rows } = await run(source, 20, { timeoutMs: 500 });
    expect(summary.counts).toMatchObject({ succeeded: 19, failed: 1 });
    expect(rows[5]).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('longer than') },
    });
  });
});

describe('a batch does not start where its file', () => {
  test.each([
    ['def task(x) pass', { code: 'TASK_FILE_SYNTAX', place: { line: 1 } }],
    ['import nowhere_to_be_found\ndef task(x): pass', { code: 'MISSING_DEPENDENCY', place: { line: 1 } }],
    ['def a(x): pass\ndef b(x): pass', { code: 'AMBIGUOUS_FUNCTION' }],
    ['def task(): pass', { code: 'BAD_FUNCTION' }],
    ['import os; os._exit(7)', { message: expect.stringContaining('7') }],
  ])('is %j', async (source, error) => {
    await expect(engine.submit(spec(source, 10))).rejects.toMatchObject(error);
    expect(await engine.list()).toEqual([]);
  });

  test('has no interpreter', async () => {
    const { definition, ...rest } = spec('def task(x): pass', 1);
    const missing = { ...definition, interpreter: '/no/such/python' } as BatchSpecInput['definition'];
    await expect(engine.submit({ definition: missing, ...rest })).rejects.toMatchObject({
      code: 'NO_PYTHON',
    });
  });
});

test('a changed file is run as it is now', async () => {
  const first = await run('def task(x):\n    return "before"', 4);
  const second = await run('def task(x):\n    return "after, and longer"', 4);
  expect([...first.rows, ...second.rows].map((row) => row.value)).toEqual([
    ...Array(4).fill('"before"'),
    ...Array(4).fill('"after, and longer"'),
  ]);
});

test('a canceled batch ends at once, whatever its tasks do', async () => {
  const source = 'import time\ndef task(x):\n    print("running", flush=True)\n    time.sleep(1000)';
  const printed = Promise.withResolvers<void>();
  const { id } = await engine.submit(spec(source, 50), { onOutput: () => printed.resolve() });
  await printed.promise;
  await engine.cancel(id);
  const { state, counts } = await engine.ended(id);
  expect({ state, succeeded: counts.succeeded, canceled: counts.canceled }).toEqual({
    state: 'canceled',
    succeeded: 0,
    canceled: 50,
  });
});
