import { fuzzyMatch } from './fuzzy.ts';
import type { Offered } from './offered.ts';

/** An action as the palette lists it. */
export interface Ranked {
  action: Offered;
  /** Positions in its label of what was typed. */
  at: number[];
  /** It was used lately, and stands first for that. */
  recent: boolean;
}

/** Listed at most; whoever looks for something else types more. */
const most = 60;

/** The actions that answer to what was typed, the best first; used lately first where nothing was typed. */
export function rank(typed: string, actions: readonly Offered[], recent: readonly string[]): Ranked[] {
  const query = typed.trim();
  const age = (id: string) => {
    const at = recent.indexOf(id);
    return at === -1 ? recent.length : at;
  };
  return actions
    .flatMap((action) => {
      const match = fuzzyMatch(query, action.label);
      if (!match) return [];
      const used = age(action.id) < recent.length;
      return [{ action, at: match.at, score: match.score + (used ? 15 : 0), recent: used && query === '' }];
    })
    .sort((a, b) => b.score - a.score || age(a.action.id) - age(b.action.id))
    .slice(0, most);
}
