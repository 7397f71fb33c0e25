import type { Engine } from '../engine/api.ts';
import { createPacer } from '../engine/host/pacer.ts';
import { type BatchSummary, hasEnded } from '../shared/batch.ts';
import { type Overall, overallOf } from '../shared/overall.ts';
import type { BatchId } from '../shared/task.ts';

/** The batches that this app runs, and those that have ended since it last ran none. */
export interface Session {
  /** Those that have not ended, the oldest first. */
  running(): BatchSummary[];
  overall(): Overall;
}

export interface SessionHears {
  /** Something of it is other than it was; a few times a second. */
  changed: (session: Session) => void;
  /** A batch of this app has ended. */
  ended: (batch: BatchSummary) => void;
  /** A batch has begun to wait for something. */
  noticed: (batch: BatchSummary) => void;
}

/** Least milliseconds between two `changed`: what follows draws in other programs. */
const intervalMs = 500;

/** Follows the batches of an engine. */
export function followSession(engine: Pick<Engine, 'on'>, hears: SessionHears): Session {
  const batches = new Map<BatchId, BatchSummary>();
  const session: Session = {
    running: () => [...batches.values()].filter(({ state }) => !hasEnded(state)).sort((a, b) => a.id - b.id),
    overall: () => overallOf(batches.values()),
  };
  const pacer = createPacer(intervalMs, () => hears.changed(session));

  const take = (batch: BatchSummary): void => {
    const before = batches.get(batch.id);
    const wasRunning = before !== undefined && !hasEnded(before.state);
    if (!wasRunning && hasEnded(batch.state)) return;
    if (!wasRunning && session.running().length === 0) batches.clear();
    batches.set(batch.id, batch);
    if (hasEnded(batch.state)) hears.ended(batch);
    else if (batch.notice && batch.notice.code !== before?.notice?.code) hears.noticed(batch);
    pacer.request();
  };

  engine.on((event) => {
    if (event.type === 'batch') take(event.batch);
    else if (event.type === 'deleted') {
      for (const id of event.batches) batches.delete(id);
      pacer.request();
    }
  });
  return session;
}
