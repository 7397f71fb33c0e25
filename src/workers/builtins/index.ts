import { findBuiltin } from '../../shared/builtins.ts';
import { parseParams } from '../../shared/params.ts';
import type { Runner } from '../runner.ts';
import type { BuiltinMaker } from './maker.ts';

/** Loaded when first used: some bring a library with them. */
const makers: Record<string, () => Promise<BuiltinMaker>> = {
  hash: async () => (await import('./hash.ts')).hash,
  'text-stats': async () => (await import('./text-stats.ts')).textStats,
  'http-check': async () => (await import('./http-check.ts')).httpCheck,
  'image-resize': async () => (await import('./image-resize.ts')).imageResize,
  gzip: async () => (await import('./compress.ts')).gzip,
  gunzip: async () => (await import('./compress.ts')).gunzip,
  zstd: async () => (await import('./compress.ts')).zstd,
  'csv-summary': async () => (await import('./csv-summary.ts')).csvSummary,
  'find-text': async () => (await import('./find-text.ts')).findText,
  'copy-rename': async () => (await import('./copy-rename.ts')).copyRename,
  sleep: async () => (await import('./sleep.ts')).sleep,
  primes: async () => (await import('./primes.ts')).primes,
};

/**
 * Loads a built-in task. Throws a `PoolboardError`: `NO_SUCH_BUILTIN`, `BAD_PARAM`, or what the task itself
 * has to say of its parameters.
 */
export async function loadBuiltin(name: string, given: Readonly<Record<string, unknown>>): Promise<Runner> {
  const { summary, params, concurrency, takes } = findBuiltin(name);
  const values = parseParams(params, given);
  const make = await (makers[name] ?? unmade(name))();
  return { run: await make(values), description: { summary, params, concurrency, takes } };
}

function unmade(name: string): never {
  throw new Error(`The built-in task ${name} is described but not made.`);
}
