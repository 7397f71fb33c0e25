import { create } from 'zustand';
import type { BatchId } from '../../shared/task.ts';

/** The tabs of a batch's board, in their order: the keys 1, 2, … open them. */
export const tabs = ['tasks', 'timeline', 'charts', 'errors', 'results', 'log', 'details'] as const;
export type Tab = (typeof tabs)[number];

/** What the window shows; kept in the address, so that a reload comes back to it. */
export type Place =
  | { screen: 'new' }
  | { screen: 'batch'; batch: BatchId; tab: Tab }
  | { screen: 'compare'; before: BatchId; after: BatchId };

/** The place that an address's fragment names; null where it names none. */
export function parsePlace(hash: string): Place | null {
  if (hash === '#/new') return { screen: 'new' };
  const [, before, after] = /^#\/compare\/([1-9]\d{0,14})\/([1-9]\d{0,14})$/.exec(hash) ?? [];
  if (before && after) return { screen: 'compare', before: Number(before), after: Number(after) };
  const [, batch, tab] = /^#\/batch\/([1-9]\d{0,14})(?:\/(\w+))?$/.exec(hash) ?? [];
  if (!batch) return null;
  return { screen: 'batch', batch: Number(batch), tab: tabs.find((known) => known === tab) ?? 'tasks' };
}

/** The fragment that names a place. */
export function placeHash(place: Place): string {
  if (place.screen === 'new') return '#/new';
  if (place.screen === 'compare') return `#/compare/${place.before}/${place.after}`;
  return `#/batch/${place.batch}${place.tab === 'tasks' ? '' : `/${place.tab}`}`;
}

/** `place` is null until it is known which batches there are. */
export const usePlace = create<{ place: Place | null }>(() => ({ place: null }));

export function go(place: Place): void {
  usePlace.setState({ place });
  const hash = placeHash(place);
  if (location.hash !== hash) history.pushState(null, '', hash);
}

/** Follows the address: links, back and forward. */
export function followAddress(): void {
  const read = () => {
    const place = parsePlace(location.hash);
    if (place) usePlace.setState({ place });
  };
  window.addEventListener('hashchange', read);
  window.addEventListener('popstate', read);
  read();
}
