import { type Draft, emptyDraft } from './draft.ts';
import { emptyTable } from './table-options.ts';

/**
 * What changes in a draft once a batch was made of it: its name and its inputs were used. The task and its settings
 * stay for the next batch, and so does what was dropped or typed while the host was asked.
 * @param now the draft as it is when the host has answered.
 * @param sent the draft as it was sent.
 */
export function withoutSent(now: Draft, sent: Draft): Partial<Draft> {
  const used = new Set(sent.paths);
  return {
    name: now.name === sent.name ? '' : now.name,
    paths: now.paths.filter((path) => !used.has(path)),
    typedPath: now.typedPath === sent.typedPath ? '' : now.typedPath,
    rowsText: now.rowsText === sent.rowsText ? '' : now.rowsText,
    ...(now.rowsFile === sent.rowsFile ? { rowsFile: '', table: emptyTable } : {}),
    watch: now.watch === sent.watch ? emptyDraft.watch : now.watch,
    ...(now.given === sent.given
      ? { given: null, inputs: now.inputs === 'given' ? 'files' : now.inputs }
      : {}),
  };
}
