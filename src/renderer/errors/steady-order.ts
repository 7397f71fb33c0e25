import type { ErrorGroup } from '../../shared/contract/errors.ts';

/**
 * The groups as they are now, in the order in which they are shown: one who is about to press a button of a
 * group means that group, and while tasks fail the largest group may be another one each second. What is new is
 * at the end.
 * @param shown keys of the groups, in their order.
 */
export function inOrderOf(shown: readonly string[], groups: readonly ErrorGroup[]): ErrorGroup[] {
  const places = new Map(shown.map((key, place) => [key, place]));
  const placeOf = ({ key }: ErrorGroup) => places.get(key) ?? shown.length;
  // The sort is stable: the new ones stay as they came, the largest first.
  return [...groups].sort((a, b) => placeOf(a) - placeOf(b));
}
