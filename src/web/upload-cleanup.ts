import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BatchSummary } from '../shared/batch.ts';
import { uploadsFolder } from './upload.ts';
import { isDropId } from './upload-path.ts';

/** A drop may wait for its batch this long, also in the window of another host of the same data folder. */
const graceMs = 24 * 3_600_000;

/**
 * Deletes drops that belong to no batch, and parts of uploads that were cut off by the end of the program;
 * both only where they are old. Never throws: what cannot be deleted now can be later.
 */
export async function cleanUploads(
  dataDir: string,
  batches: readonly Pick<BatchSummary, 'spec'>[],
  now = Date.now(),
): Promise<void> {
  const folder = uploadsFolder(dataDir);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const drops = entries.filter((entry) => entry.isDirectory() && isDropId(entry.name));
  const specs = drops.length === 0 ? '' : batches.map(({ spec }) => JSON.stringify(spec)).join('\n');
  const unused = drops.map(({ name }) => name).filter((name) => !specs.includes(name));
  const parts = join(folder, '.parts');
  const partNames = await readdir(parts).catch(() => []);
  const paths = [...unused.map((name) => join(folder, name)), ...partNames.map((name) => join(parts, name))];
  for (const path of paths) {
    const found = await stat(path).catch(() => null);
    if (!found || now - found.mtimeMs < graceMs) continue;
    await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
