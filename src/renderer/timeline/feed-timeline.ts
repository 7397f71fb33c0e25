import type { BatchId } from '../../shared/task.ts';
import { client } from '../connection.ts';
import { rangeOf } from './range.ts';
import { takeTimeline, useTimeline } from './timeline-state.ts';

/** Milliseconds from an answer to the next question: while it follows the end, and otherwise. */
const followMs = 250;
const idleMs = 1000;

/**
 * Asks for the stretch that is shown, in as many columns as there are pixels: at once when it changes, now and
 * then while the batch runs or until there is an answer; never twice at the same time. Answers with what ends it.
 */
export function feedTimeline(batch: BatchId, pixels: number, live: boolean): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  let stale = false;
  let over = false;
  const ask = async () => {
    if (asking || over) {
      stale = true;
      return;
    }
    clearTimeout(timer);
    asking = true;
    stale = false;
    const { shown, drawn } = useTimeline.getState();
    const { from, to } = rangeOf(shown, drawn?.view.length ?? 0, drawn?.view.live ?? live);
    const end = shown.kind === 'fixed' ? to : null;
    let isAnswered = false;
    try {
      takeTimeline(batch, await client.stats.timeline({ batch, from, to: end, pixels }));
      isAnswered = true;
    } catch {
      // The connection bar says why; it is asked again.
    }
    asking = false;
    if (over) return;
    if (stale) void ask();
    else if (live || !isAnswered) timer = setTimeout(ask, live && shown.kind !== 'fixed' ? followMs : idleMs);
  };
  void ask();
  const unsubscribe = useTimeline.subscribe((state, before) => {
    if (state.shown !== before.shown) void ask();
  });
  return () => {
    over = true;
    clearTimeout(timer);
    unsubscribe();
  };
}
