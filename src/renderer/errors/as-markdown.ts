import type { ErrorExample, ErrorGroup } from '../../shared/contract/errors.ts';
import { placeText } from '../parts/error-block.tsx';
import { moment } from '../words/numbers.ts';
import { t } from '../words/t.ts';

/** One group, for a bug report or a chat: what, how often, where, when, and an example with its stack. */
export function asMarkdown(group: ErrorGroup, example: ErrorExample | null): string {
  const { name, message, count, code, place, firstAt, lastAt, index } = group;
  const facts = [
    t('errors.tasks', { count }),
    code,
    place && `\`${placeText(place)}\``,
    firstAt !== null && lastAt !== null && `${moment(firstAt)} – ${moment(lastAt)}`,
  ].filter(Boolean);
  const stack = example?.error?.stack;
  return [
    `### ${escaped(oneLine(`${name}: ${message}`))}`,
    facts.join(' · '),
    `${t('errors.example', { index: String(index) })} ${code1(example?.input ?? group.input)}`,
    ...(stack ? [fenced(stack)] : []),
  ].join('\n\n');
}

export const allAsMarkdown = (
  name: string,
  groups: readonly { group: ErrorGroup; example: ErrorExample | null }[],
): string =>
  `${[`## ${escaped(name)}`, ...groups.map(({ group, example }) => asMarkdown(group, example))].join('\n\n')}\n`;

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 300);
const escaped = (text: string): string => text.replaceAll(/[\\`*_[\]<>#|]/g, '\\$&');

/** A fence that is longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text}\n${fence}`;
}

function code1(text: string): string {
  const line = oneLine(text);
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
}
