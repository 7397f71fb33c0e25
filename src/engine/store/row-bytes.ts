/**
 * About how many bytes of the disk a row takes beside its text: its key, its numbers, its entries in indices and
 * its share of the pages' own structure. Measured on databases of a million rows.
 */
export const rowBytes = { batch: 300, task: 12, result: 40, attempt: 55, output: 50 } as const;
