import type { Report } from './play.ts';

/** The command that runs a seed again. */
export const commandOf = (seed: number): string => `npm run test:faults -- --seed ${seed}`;

/** A line for a run, and one for each of its problems. */
export function describe({ schedule, problems, applied, seconds, folder }: Report): string {
  const { seed, kind, builtin, behaviours, poolSize, options, retries } = schedule;
  const odd = [...new Set(behaviours)].filter((behaviour) => behaviour !== 'value' && behaviour !== 'slow');
  const what = kind === 'builtin' ? builtin : kind;
  const parts = [
    `${behaviours.length} tasks (${what}), ${poolSize} worker${poolSize === 1 ? '' : 's'}`,
    odd.join(' '),
    applied.join(' '),
    [
      options.halt && 'halt',
      options.timeoutMs && 'timeout',
      options.hangMs && 'hang limit',
      retries && 'retry',
    ]
      .filter(Boolean)
      .join(' '),
  ].filter((part) => part !== '');
  const head = `${problems.length === 0 ? 'ok  ' : 'FAIL'} seed ${seed}: ${parts.join('; ')}; ${seconds.toFixed(1)} s`;
  if (problems.length === 0) return head;
  const most = 12;
  const shown = problems.slice(0, most).map((problem) => `       ${problem}`);
  if (problems.length > most) shown.push(`       and ${problems.length - most} more`);
  return [head, ...shown, `       again: ${commandOf(seed)}   left in ${folder}`].join('\n');
}
