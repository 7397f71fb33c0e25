import type { ErrorGroup, ErrorGroups } from '../shared/contract/errors.ts';
import { noFailures } from './failures.ts';

/** Groups of failures for tests. */
export function testGroups(...groups: Partial<ErrorGroup>[]): ErrorGroups {
  const whole = groups.map((group, at) => ({
    key: `group-${at}`,
    outcome: 'error' as const,
    name: 'Error',
    code: null,
    shape: '',
    place: null,
    count: 1,
    firstAt: null,
    lastAt: null,
    index: at,
    input: `/photos/${group.index ?? at}.jpg`,
    message: '',
    retried: 0,
    recovered: 0,
    ...group,
  }));
  return { ...noFailures(12), groups: whole, failed: whole.reduce((sum, { count }) => sum + count, 0) };
}
