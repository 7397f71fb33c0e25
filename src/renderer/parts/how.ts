import type { ErrorInfo } from '../../shared/errors.ts';
import { count } from '../words/numbers.ts';
import { t } from '../words/t.ts';

/** How an attempt's process ended, in a word or three: a signal, an exit status; null where its error says nothing. */
export function howOf({ code, fields }: ErrorInfo): string | null {
  if (typeof fields?.how === 'string') return fields.how;
  if (code === 'OUT_OF_MEMORY') return t('how.memory');
  if (typeof fields?.signal === 'string') return fields.signal;
  if (typeof fields?.exitCode === 'number') return t('how.exit', { status: count(fields.exitCode) });
  return typeof fields?.reason === 'string' ? fields.reason : null;
}

/** What a worker printed last before it died; null where it printed nothing. */
export const lastOutputOf = ({ fields }: ErrorInfo): string | null =>
  typeof fields?.lastOutput === 'string' && fields.lastOutput !== '' ? fields.lastOutput : null;

const ends = new Set(['WORKER_CRASH', 'WORKER_HUNG', 'OUT_OF_MEMORY', 'PROCESS_EXIT']);
const told = new Set(['how', 'exitCode', 'signal', 'reason', 'lastOutput']);

/** The error's own fields, without those that an end of a process has and that are told in words. */
export function otherFields({ code, fields }: ErrorInfo): Record<string, unknown> | null {
  const isEnd = ends.has(code ?? '');
  const left = Object.entries(fields ?? {}).filter(([name]) => !(isEnd && told.has(name)));
  return left.length === 0 ? null : Object.fromEntries(left);
}
