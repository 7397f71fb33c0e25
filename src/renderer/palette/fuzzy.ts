/** How well a text answers to what was typed, and which of its characters were meant. */
export interface Match {
  /** Higher is better; comparable among texts for the same query. */
  score: number;
  /** Positions of the characters that matched, ascending. */
  at: number[];
}

/**
 * Matches what was typed against a text: each of its words as a whole somewhere, or else all of its characters in
 * their order. What begins a word, and what stands together, counts for more; null where it does not match.
 */
export function fuzzyMatch(query: string, text: string): Match | null {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return { score: 0, at: [] };
  const lower = text.toLowerCase();
  // Some characters have a lower case of another length; positions would then be wrong.
  const within = lower.length === text.length ? lower : text;
  return byWords(wanted.split(/\s+/), within) ?? byCharacters(wanted.replaceAll(/\s+/g, ''), within);
}

function byWords(words: string[], text: string): Match | null {
  let score = 1000 - text.length / 100;
  const at = new Set<number>();
  for (const word of words) {
    const starts = positionsOf(word, text);
    if (starts.length === 0) return null;
    const start = starts.find((position) => beginsWord(text, position)) ?? starts[0]!;
    score += beginsWord(text, start) ? 100 : 0;
    score += start === 0 ? 50 : 0;
    for (let offset = 0; offset < word.length; offset++) at.add(start + offset);
  }
  return { score, at: [...at].sort((a, b) => a - b) };
}

function positionsOf(word: string, text: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) found.push(at);
  return found;
}

function byCharacters(wanted: string, text: string): Match | null {
  const at: number[] = [];
  let score = -text.length / 100;
  let from = 0;
  for (const character of wanted) {
    const found = nextOf(character, text, from, at.at(-1));
    if (found === -1) return null;
    if (found === (at.at(-1) ?? -2) + 1) score += 5;
    if (beginsWord(text, found)) score += 10;
    at.push(found);
    from = found + 1;
  }
  // A few characters strewn over a long text are chance.
  const spread = at.at(-1)! - at[0]! + 1;
  return spread > wanted.length * 8 ? null : { score: score - spread / 10, at };
}

/** The next place of a character: right after the one before, at the start of a word, or anywhere. */
function nextOf(character: string, text: string, from: number, before: number | undefined): number {
  const first = text.indexOf(character, from);
  if (first === -1 || first === (before ?? -2) + 1) return first;
  for (let at = first; at !== -1; at = text.indexOf(character, at + 1)) {
    if (beginsWord(text, at)) return at;
  }
  return first;
}

const beginsWord = (text: string, at: number): boolean =>
  at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1]!) || /\p{Script=Han}/u.test(text[at]!);
