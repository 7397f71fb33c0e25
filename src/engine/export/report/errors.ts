import type { ErrorGroup, ErrorGroups } from '../../../shared/contract/errors.ts';
import { type Html, html } from './html.ts';
import { count } from './summary.ts';

const maxGroups = 100;

/** The failures, a row for each kind. */
export function errorsHtml({ groups, failed, moreGroups, moreTasks }: ErrorGroups): Html {
  const shown = groups.slice(0, maxGroups);
  const left = groups.slice(maxGroups);
  const leftGroups = left.length + moreGroups;
  const leftTasks = left.reduce((sum, group) => sum + group.count, moreTasks);
  return html`<p class="quiet">${count(failed)} failed ${failed === 1 ? 'task' : 'tasks'}; the errors of a group differ in names and numbers only.</p>
<div class="scroll"><table><thead><tr><th class="number">Tasks</th><th>Error</th><th>Where</th><th>First task</th></tr></thead><tbody>
${shown.map(rowOf)}</tbody></table></div>
${leftGroups > 0 && html`<p class="quiet">${count(leftGroups)} more kinds, of ${count(leftTasks)} tasks.</p>`}`;
}

function rowOf({ count: tasks, name, outcome, message, place, index, input }: ErrorGroup): Html {
  const where = place && `${place.file}${place.line === undefined ? '' : `:${place.line}`}`;
  return html`<tr><td class="number">${count(tasks)}</td><td><span class="failed">${name}</span>${outcome !== 'error' && ` (${outcome})`}<pre>${message}</pre></td><td><code>${where}</code></td><td>${count(index)}: <code>${input}</code></td></tr>
`;
}
