import type { ExportFormat } from '../shared/contract.ts';
import { formatCount } from '../shared/format.ts';

/** What an export has written, and its verb: `1 result` `is`, `1,200 results` `are`, `A report` `is`. */
export function written(format: ExportFormat, count: number): { what: string; verb: 'is' | 'are' } {
  if (format === 'html') return { what: 'A report', verb: 'is' };
  if (count === 1) return { what: '1 result', verb: 'is' };
  return { what: `${formatCount(count)} results`, verb: 'are' };
}
