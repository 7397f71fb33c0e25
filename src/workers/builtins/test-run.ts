import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { TaskContext } from '../runner.ts';
import { loadBuiltin } from './index.ts';

/** A folder of its own for one test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'poolboard builtins '));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A task's context that keeps what is reported to it. */
export function makeContext(
  signal = new AbortController().signal,
): TaskContext & { fractions: number[]; logged: string[] } {
  const fractions: number[] = [];
  const logged: string[] = [];
  return {
    index: 0,
    signal,
    params: {},
    fractions,
    logged,
    progress: (fraction) => void fractions.push(fraction),
    log: (...values) => void logged.push(values.join(' ')),
  };
}

/** Runs a built-in task over one input, as a worker does. */
export async function runBuiltin(
  name: string,
  input: unknown,
  params: Record<string, unknown> = {},
  context: TaskContext = makeContext(),
): Promise<unknown> {
  const runner = await loadBuiltin(name, params);
  return runner.run(input, context);
}
