import { expect, test } from 'vitest';
import { type Place, parsePlace, placeHash } from './place.ts';

const places: Place[] = [
  { screen: 'compare', before: 3, after: 12 },
  { screen: 'new' },
  { screen: 'batch', batch: 12, tab: 'tasks' },
  { screen: 'batch', batch: 1, tab: 'details' },
];

test.each(places)('a place is found again from its address: %o', (place) => {
  expect(parsePlace(placeHash(place))).toEqual(place);
});

test('an unknown tab is the first one', () => {
  expect(parsePlace('#/batch/3/nonsense')).toEqual({ screen: 'batch', batch: 3, tab: 'tasks' });
});

test.each(['', '#', '#/batch/0', '#/batch/-1', '#/batch/1e3', '#/batch/99999999999999999', '#/elsewhere'])(
  'an address of nothing is no place: %j',
  (hash) => {
    expect(parsePlace(hash)).toBeNull();
  },
);
