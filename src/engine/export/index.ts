/** Taking results away: as CSV, as a JSON array, as JSON lines. */
export { exportToFile } from './export-to-file.ts';
export { formatOfPath } from './format.ts';
export { resultLine } from './result-line.ts';
export { writeExport } from './write-export.ts';
