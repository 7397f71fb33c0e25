import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Engine } from '../api.ts';
import { createEngine } from '../create-engine.ts';
import { forkLauncher } from '../launchers/fork.ts';
import type { JobHandle } from '../pool/executor.ts';
import { describeDefinition } from './describe.ts';

let dir: string;
let engine: Engine;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'poolboard-describe-'));
  engine = await createEngine({ dataDir: join(dir, 'data'), launcher: forkLauncher(), poolSize: 1 });
});

afterEach(async () => {
  await engine.close();
  rmSync(dir, { recursive: true });
});

test('a Python file tells the interpreter that runs it, and why it is that one', async () => {
  const file = join(dir, 'tasks.py');
  writeFileSync(file, 'def task(x: int, scale: float = 2.0):\n    return x * scale\n');
  const found = await engine.describe({ kind: 'python', file });
  expect(found).toMatchObject({
    definition: { kind: 'python', file },
    interpreter: { version: expect.stringMatching(/^3\.\d+\.\d+$/), why: expect.stringMatching(/./) },
  });
  expect(isAbsolute(found.interpreter!.path)).toBe(true);

  const chosen = await engine.describe({ kind: 'python', file, interpreter: found.interpreter!.path });
  expect(chosen.interpreter).toEqual({ ...found.interpreter, why: 'the chosen interpreter' });
});

test('no other file tells one', async () => {
  const file = join(dir, 'task.mjs');
  writeFileSync(file, 'export default (x) => x;');
  expect((await engine.describe({ kind: 'module', file })).interpreter).toBeUndefined();
});

test('a file that never has done with loading is given up after a while', async () => {
  vi.useFakeTimers();
  try {
    const job = { prepared: new Promise(() => {}), cancel: vi.fn() };
    const described = describeDefinition(
      { kind: 'module', file: '/tasks/endless.mjs' },
      { submit: () => job as unknown as JobHandle },
    );
    const refused = expect(described).rejects.toMatchObject({
      code: 'LOAD_TIMEOUT',
      message: expect.stringMatching(/^endless\.mjs did not finish loading in 30 seconds/),
    });
    vi.advanceTimersByTime(29_900);
    expect(job.cancel).not.toHaveBeenCalled();
    vi.advanceTimersByTime(200);
    await refused;
    expect(job.cancel).toHaveBeenCalled();
  } finally {
    vi.useRealTimers();
  }
});
