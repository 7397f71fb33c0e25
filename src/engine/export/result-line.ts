import type { ExportRow } from '../store/store.ts';

/**
 * One task as a line of JSON, without the newline: `{"index","input","status","value"|"error","attempts","ms"}`.
 * `status` is the task's state; `value` is there where it succeeded, `error` where it has one. Input and value
 * are taken over as the JSON texts that they are.
 */
export function resultLine(row: ExportRow): string {
  const result =
    row.value !== null
      ? `,"value":${row.value}`
      : row.error !== null
        ? `,"error":${JSON.stringify(row.error)}`
        : '';
  const start = `{"index":${row.index},"input":${row.input},"status":"${row.state}"`;
  return `${start}${result},"attempts":${row.attempts},"ms":${roundMs(row.ms)}}`;
}

/** Milliseconds to the microsecond, which is more than a clock can tell; null where there are none. */
export function roundMs(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 1000) / 1000;
}
