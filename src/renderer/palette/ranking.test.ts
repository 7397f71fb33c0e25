import { expect, test } from 'vitest';
import type { Offered } from './offered.ts';
import { rank } from './ranking.ts';

const action = (id: string, label: string): Offered => ({ id, label, group: 'window', run: () => {} });
const actions = [action('pause', 'Pause'), action('dark', 'Theme: Dark'), action('csv', 'Export as CSV')];
const ids = (typed: string, recent: string[]) => rank(typed, actions, recent).map(({ action: { id } }) => id);

test('what was used lately stands first, the latest before the others, and the rest keeps its order', () => {
  expect(ids('', ['csv', 'dark', 'gone'])).toEqual(['csv', 'dark', 'pause']);
  expect(rank('', actions, ['csv']).map(({ recent }) => recent)).toEqual([true, false, false]);
});

test('what was typed decides before what was used', () => {
  expect(ids('pau', ['csv'])).toEqual(['pause']);
  expect(ids('nothing such', ['csv'])).toEqual([]);
});
