import type { BatchSummary } from '../../shared/batch.ts';
import type { ExportFormat } from '../../shared/contract.ts';

const maxNameLength = 80;
// Windows refuses these names whatever follows the dot.
const reservedNames = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** A file name to offer for an export of a batch, for example `hash data 12.csv`; valid on every platform. */
export function exportName(batch: Pick<BatchSummary, 'id' | 'name'>, format: ExportFormat | 'txt'): string {
  const cleaned = batch.name
    .normalize('NFC')
    .replaceAll(/[<>:"/\\|?*\p{C}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[\s.]+/, '')
    .slice(0, maxNameLength)
    .trim();
  const name = cleaned === '' || reservedNames.test(cleaned) ? 'batch' : cleaned;
  return `${name} ${batch.id}.${format}`;
}
