import type { ErrorInfo } from '../../shared/errors.ts';
import { columnTexts } from '../../shared/json-column.ts';
import { attemptOutcomes, taskStates } from '../../shared/task.ts';
import type { EndedAttempts } from '../pool/job.ts';
import type { ExportRow } from '../store/store.ts';

/** Tasks that have ended, as they are exported and printed; those that will be tried again are left out. */
export function exportRowsOf(ended: EndedAttempts): ExportRow[] {
  const { indices, outcomes, states, startedAt, ms, attempts, worker } = ended;
  const values = columnTexts(ended.values as string, indices.length);
  const inputs = ended.inputs();
  const rows: ExportRow[] = [];
  for (const [i, index] of indices.entries()) {
    const state = taskStates[states[i]!]!;
    if (state === 'pending') continue;
    const isOk = attemptOutcomes[outcomes[i]!] === 'ok';
    const started = startedAt[i] === 0 ? null : startedAt[i]!;
    rows.push({
      index,
      input: (inputs[i] as string | null) ?? 'null',
      state,
      value: isOk ? values[i]! : null,
      error: isOk ? null : (JSON.parse(values[i]!) as ErrorInfo),
      attempts: attempts?.[i] ?? 1,
      ms: started === null ? null : ms[i]!,
      startedAt: started,
      worker: started === null ? null : worker,
    });
  }
  return rows;
}
