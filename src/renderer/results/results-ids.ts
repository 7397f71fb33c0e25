export const resultsGridId = 'results-grid';
export const headId = (column: number): string => `result-head-${column}`;
export const cellId = (row: number, column: number): string => `result-${row}-${column}`;

/** Gives the focus back to the table. */
export const focusResults = (): void =>
  document.getElementById(resultsGridId)?.focus({ preventScroll: true });
