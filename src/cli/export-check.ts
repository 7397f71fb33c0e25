import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { PoolboardError } from '../shared/errors.ts';

/**
 * Says what keeps a file from being written before hours of work go into it.
 * Throws `EXPORT_FAILED`.
 */
export async function checkExportFile(file: string): Promise<void> {
  const folder = dirname(file);
  const found = await stat(folder).catch(() => null);
  const refuse = (why: string) => new PoolboardError('EXPORT_FAILED', `${file} cannot be written: ${why}`);
  if (!found) throw refuse(`the folder ${folder} does not exist. Make it, or choose another place.`);
  if (!found.isDirectory()) throw refuse(`${folder} is not a folder. Choose another place.`);
  const there = await stat(file).catch(() => null);
  if (there?.isDirectory()) throw refuse('it is a folder. Give the name of a file.');
  await access(there && !there.isFile() ? file : folder, constants.W_OK).catch(() => {
    throw refuse(`${folder} is read-only. Change its permissions, or choose another place.`);
  });
}
