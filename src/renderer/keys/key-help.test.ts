import { expect, test, vi } from 'vitest';
import { resultsKeys } from '../results/results-grid.tsx';
import { timelineKeys } from '../timeline/timeline-canvas.tsx';
import { keyHelp } from './key-help.ts';

vi.mock('../connection.ts', () => ({ bridge: undefined, client: {} }));

/** Keys as the list writes them, where it does not write their names. */
const written: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};

/** Second keys for what the list names by one. */
const doubles = ['=', '[', ']'];

const listed = (group: string): string[] =>
  keyHelp.find(({ title }) => title === group)!.lines.flatMap(({ keys }) => keys);

const named = (keys: object): string[] =>
  Object.keys(keys)
    .filter((key) => !doubles.includes(key))
    .map((key) => written[key] ?? (key.length === 1 ? key.toUpperCase() : key));

test('each key of the timeline and of the table of results stands in the list of keys', () => {
  expect(listed('keys.group.timeline').toSorted()).toEqual(named(timelineKeys).toSorted());
  expect(listed('keys.group.results').toSorted()).toEqual([...named(resultsKeys), 'Enter'].toSorted());
});
