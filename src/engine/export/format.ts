import path from 'node:path';
import { type ExportFormat, exportFormats } from '../../shared/contract.ts';
import { PoolboardError } from '../../shared/errors.ts';

const known = exportFormats.map((format) => `.${format}`).join(', ');

/**
 * The format that a file's name asks for by its extension, in any case.
 * Throws `EXPORT_FORMAT`.
 */
export function formatOfPath(file: string): ExportFormat {
  const extension = path.extname(file).toLowerCase();
  const format = exportFormats.find((format) => extension === `.${format}`);
  if (format) return format;
  const problem =
    extension === ''
      ? 'Its name has no extension that tells the format.'
      : `${extension} is not a format that results can be exported to.`;
  throw new PoolboardError('EXPORT_FORMAT', `${file}: ${problem} Name the file ${known}.`);
}
