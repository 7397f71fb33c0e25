import type { HaltRule } from '../shared/batch.ts';
import { usageError } from './usage-error.ts';

const shape = /^(now|soon),(fail|success|done)=(\d+|\d+\.?\d*%|\.\d+%)$/;

/** GNU parallel's short forms, which it keeps for scripts of long ago. */
const short: Record<string, string> = {
  '0': 'never',
  '1': 'soon,fail=1',
  '2': 'now,fail=1',
  '-1': 'soon,success=1',
  '-2': 'now,success=1',
};

/** What `--halt` takes, as GNU parallel does. `never` where it is not to stop early. */
export function parseHalt(text: string): HaltRule | 'never' {
  const whole = short[text] ?? (/^\d{1,2}%$/.test(text) ? `soon,fail=${text}` : text);
  if (whole === 'never') return 'never';
  const match = shape.exec(whole);
  if (!match) {
    throw usageError(
      '--halt takes never or WHEN,WHY=N, for example now,fail=1 or soon,done=10%: WHEN is now or soon, ' +
        `WHY is fail, success or done; not "${text}".`,
    );
  }
  const [when, on, limit] = match.slice(1) as [HaltRule['when'], HaltRule['on'], string];
  const value = Number.parseFloat(limit);
  if (limit.endsWith('%')) {
    if (!(value > 0 && value <= 100)) throw usageError(`--halt takes a share of up to 100%, not "${text}".`);
    return { when, on, limit: { unit: 'percent', percent: value } };
  }
  if (!(value >= 1 && Number.isSafeInteger(value))) {
    throw usageError(`--halt takes 1 task or more, not "${text}".`);
  }
  return { when, on, limit: { unit: 'tasks', tasks: value } };
}

/** A rule as one types it: `soon,fail=3%`. */
export function haltText({ when, on, limit }: HaltRule): string {
  return `${when},${on}=${limit.unit === 'percent' ? `${limit.percent}%` : limit.tasks}`;
}
