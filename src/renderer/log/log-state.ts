import { create } from 'zustand';
import type { LogFilter, LogHits, LogNews, LogPage, LogPlace } from '../../shared/contract/logs.ts';
import { type BatchId, outputStreams } from '../../shared/task.ts';
import { client, onConnected } from '../connection.ts';
import { report } from '../state/toasts.ts';
import { LogLines } from './log-lines.ts';
import { takeWanted } from './show-log.ts';

/** The log of one batch: what is shown of it, where one is, what one looks for. */
export interface LogState {
  batch: BatchId | null;
  filter: LogFilter;
  /** Changes with each change of the lines. */
  version: number;
  loaded: boolean;
  /** There are lines before the first, and behind the last, that is held. */
  older: boolean;
  newer: boolean;
  /** The end is kept in view. */
  following: boolean;
  /** Lines that came since one left the end. */
  unseen: number;
  /** There were more of them: so many came at once that some were left out. */
  unseenMore: boolean;
  wrap: boolean;
  times: boolean;
  search: Search | null;
  /** The line that a search has brought one to. */
  target: { seq: number; times: number } | null;
}

export interface Search {
  text: string;
  number: number;
  hits: [piece: number, line: number][];
  count: number;
  share: number;
  done: boolean;
  /** Position of the hit that is shown; null before the first. */
  at: number | null;
}

export const everyLine: LogFilter = { task: null, worker: null, streams: [...outputStreams] };

const firstLines = 1000;

const fresh = {
  version: 0,
  loaded: false,
  older: false,
  newer: false,
  following: true,
  unseen: 0,
  unseenMore: false,
  search: null,
  target: null,
};

export const useLog = create<LogState>(() => ({
  batch: null,
  filter: everyLine,
  wrap: true,
  times: false,
  ...fresh,
}));
const { getState: get, setState: set } = useLog;

/** Lines that are held; `version` says when they changed. */
export let lines = new LogLines();

/** Number of the latest page that was asked for: an answer to an older question is not taken. */
let asked = 0;
let loading = false;
/** The last piece that came, shown or counted: what is held may end before it. */
let lastCome = 0;
let shown = false;
let listening = false;

/** Shows the log of a batch from its end, or as it was left. */
export function openLog(batch: BatchId): () => void {
  listen();
  shown = true;
  const wanted = takeWanted(batch);
  if (wanted || get().batch !== batch) {
    const { task = null, worker = null } = wanted ?? {};
    set({ batch, filter: { ...everyLine, task, worker }, ...fresh });
    lines = new LogLines();
  }
  void loadEnd();
  return () => {
    shown = false;
    void client.logs.follow(null).catch(() => {});
    stopSearch();
  };
}

export function filterLog(change: Partial<LogFilter>): void {
  const text = get().search?.text;
  set({ filter: { ...get().filter, ...change }, ...fresh });
  lines = new LogLines();
  void loadEnd();
  if (text) searchLog(text);
}

function listen(): void {
  if (listening) return;
  listening = true;
  client.logs.on.added(takeNews);
  client.logs.on.found(takeHits);
  onConnected(() => {
    if (!shown || !get().loaded) return;
    // One who has scrolled up stays there.
    if (get().following) void loadEnd();
    else follow();
  });
}

/** Goes to the newest lines, and stays there. */
export async function loadEnd(): Promise<void> {
  if (await load({ at: 'end' }, firstLines)) follow();
}

/** Loads the beginning, or what is around a piece. */
async function load(place: LogPlace, count: number): Promise<LogPage | null> {
  const { batch, filter } = get();
  if (batch === null) return null;
  const number = ++asked;
  loading = false;
  try {
    const page = await client.logs.page({ batch, filter, place, lines: count });
    if (number !== asked) return null;
    lines = new LogLines();
    lines.append(page.pieces);
    const following = place.at === 'end';
    if (following) lastCome = lines.last ?? 0;
    set(({ version }) => ({
      version: version + 1,
      loaded: true,
      older: page.older,
      newer: page.newer,
      following,
      unseen: 0,
      unseenMore: false,
      target: null,
    }));
    return page;
  } catch (error) {
    report(error);
    return null;
  }
}

function follow(): void {
  const { batch, filter } = get();
  if (batch === null || !shown) return;
  client.logs.follow({ batch, filter, after: lastCome }).catch(report);
}

/** Loads what is next to what is held, on the side that one scrolls to. */
export async function loadMore(side: 'before' | 'after'): Promise<void> {
  const { batch, filter, older, newer } = get();
  const piece = side === 'before' ? lines.first : lines.last;
  if (loading || batch === null || piece === null || !(side === 'before' ? older : newer)) return;
  loading = true;
  const number = asked;
  try {
    const page = await client.logs.page({ batch, filter, place: { at: side, piece }, lines: firstLines });
    if (number !== asked) return;
    if (side === 'before') {
      const dropped = lines.prepend(page.pieces);
      set(({ version, newer: more }) => ({
        version: version + 1,
        older: page.older,
        newer: more || dropped,
      }));
    } else {
      const dropped = lines.append(page.pieces);
      set(({ version, older: more }) => ({
        version: version + 1,
        // Some may have come while the page was on its way.
        newer: page.newer || (lines.last ?? 0) < lastCome,
        older: more || dropped,
      }));
    }
  } catch (error) {
    report(error);
  } finally {
    if (number === asked) loading = false;
  }
}

function takeNews({ batch, pieces, joins, older }: LogNews): void {
  const state = get();
  if (batch !== state.batch || !shown || !state.loaded) return;
  // What was on its way as one asked anew comes a second time, and what one scrolled to is there already.
  const from = Math.max(lastCome, lines.last ?? 0);
  const fits = pieces.filter(
    ({ id, index, worker, stream }) =>
      id > from &&
      (state.filter.task === null || index === state.filter.task) &&
      (state.filter.worker === null || worker === state.filter.worker) &&
      state.filter.streams.includes(stream),
  );
  if (fits.length === 0) return;
  lastCome = fits.at(-1)!.id;
  if (!state.following) {
    const came = fits.reduce((sum, { text }) => sum + Math.max(1, text.split('\n').length - 1), 0);
    // They are loaded when one comes to them.
    set({ unseen: state.unseen + came, unseenMore: state.unseenMore || !joins, newer: true });
    return;
  }
  if (!joins) lines = new LogLines();
  const dropped = lines.append(fits);
  set(({ version, older: more }) => ({
    version: version + 1,
    older: joins ? more || dropped : older,
    newer: false,
  }));
}

/** One has left the end, or has come back to it. */
export function setFollowing(following: boolean): void {
  if (get().following === following) return;
  if (following && get().newer) return;
  set({ following, unseen: 0, unseenMore: false });
}

export const setWrap = (wrap: boolean): void => set({ wrap });
export const setTimes = (times: boolean): void => set({ times });

// --- search ----------------------------------------------------------------------------------------------

let searches = 0;

export function searchLog(text: string): void {
  const { batch, filter } = get();
  if (batch === null || text === '') {
    stopSearch();
    return;
  }
  const number = ++searches;
  set({ search: { text, number, hits: [], count: 0, share: 0, done: false, at: null }, target: null });
  client.logs.search({ batch, filter, text, number }).catch(report);
}

export function stopSearch(): void {
  if (!get().search) return;
  searches += 1;
  set({ search: null, target: null });
  client.logs.stopSearch().catch(() => {});
}

function takeHits({ number, hits, count, share, done }: LogHits): void {
  const { search } = get();
  if (search?.number !== number) return;
  // Grown in place: it may be a hundred thousand.
  for (const hit of hits) search.hits.push(hit);
  set({ search: { ...search, count, share, done } });
}

/** Goes to the next hit, or the one before: from the one that is shown, else from what is seen first. */
export async function goToHit(by: 1 | -1, seen: { piece: number; line: number } | null): Promise<void> {
  const { search } = get();
  if (!search || search.hits.length === 0) return;
  const { hits, at } = search;
  const next = at === null ? nearest(hits, by, seen) : (at + by + hits.length) % hits.length;
  const [piece, line] = hits[next]!;
  set({ search: { ...search, at: next }, following: false });
  if (!lines.find(piece, line)) await load({ at: 'around', piece }, firstLines);
  const found = lines.find(piece, line);
  if (found) set(({ target }) => ({ target: { seq: found.seq, times: (target?.times ?? 0) + 1 } }));
}

function nearest(
  hits: readonly [number, number][],
  by: 1 | -1,
  seen: { piece: number; line: number } | null,
): number {
  if (!seen) return by > 0 ? 0 : hits.length - 1;
  const isBehind = ([piece, line]: [number, number]) =>
    piece > seen.piece || (piece === seen.piece && line >= seen.line);
  const behind = hits.findIndex(isBehind);
  if (by > 0) return Math.max(0, behind);
  return behind > 0 ? behind - 1 : hits.length - 1;
}
