import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FiniteSource } from '../../shared/inputs.ts';
import { columnValues } from '../../shared/json-column.ts';
import { type EnumerateOptions, enumerate } from './enumerate.ts';

/** A folder of its own for one test, with these files in it (a path that ends with `/` is a folder). */
export function makeTree(files: Record<string, string | Buffer> | string[] = []): string {
  const root = mkdtempSync(join(tmpdir(), 'poolboard inputs '));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const entries = Array.isArray(files) ? files.map((name) => [name, ''] as const) : Object.entries(files);
  for (const [name, content] of entries) {
    const path = join(root, name);
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(path, content);
  }
  return root;
}

/** All inputs of a source, with the warnings and the bytes that came with them. */
export async function collect(
  source: FiniteSource,
  options: Partial<EnumerateOptions> = {},
): Promise<{ inputs: unknown[]; warnings: string[]; bytes: number; blocks: number[] }> {
  const found = { inputs: [] as unknown[], warnings: [] as string[], bytes: 0, blocks: [] as number[] };
  for await (const block of enumerate(source, {
    warn: (sentence) => found.warnings.push(sentence),
    ...options,
  })) {
    found.blocks.push(block.count);
    found.bytes += block.bytes ?? 0;
    for (const value of columnValues(block.inputs, block.count)) found.inputs.push(value);
  }
  return found;
}
