import type { z } from 'zod';
import { beatMs } from '../../shared/beat.ts';
import type { PoolboardContract, watchSchema } from '../../shared/contract.ts';
import type { Emit } from '../../shared/rpc.ts';
import type { BatchId } from '../../shared/task.ts';
import type { TaskPage } from '../../shared/views.ts';
import type { Engine } from '../api.ts';
import { createPacer } from './pacer.ts';

type Watching = z.output<typeof watchSchema>;

/** Follows the rows and the side panel that one window shows. */
export interface Watcher {
  /**
   * Replaces what the window watches, and answers through `tasks.rows` and `tasks.detail` before it resolves.
   * Throws what the engine does: `NO_SUCH_BATCH`, `NO_SUCH_TASK`.
   */
  watch(watching: Watching | null): Promise<void>;
  /** Something about the tasks of this batch changed. */
  changed(batch: BatchId): void;
  close(): void;
}

/** How long the store works on one question before it hears whether another one took its place, milliseconds. */
const budgetMs = 50;

export function createWatcher(
  engine: Pick<Engine, 'pageWithin' | 'detail'>,
  emit: Emit<PoolboardContract>,
): Watcher {
  let current: Watching | null = null;
  // JSON of what was sent last, so that a change elsewhere in the batch sends nothing. Empty: send in any case.
  let sentRows = '';
  let sentDetail = '';

  const send = (page: TaskPage): void => {
    const json = JSON.stringify(page);
    if (json === sentRows) return;
    sentRows = json;
    emit('tasks.rows', page);
  };
  const ask = ({ batch, query, from, count }: Watching) =>
    engine.pageWithin(batch, query, from, count, budgetMs);

  const rows = createPacer(beatMs, async () => {
    const asked = current;
    // The window may scroll on meanwhile: its new watch asks for a run of its own.
    while (asked && asked === current) {
      const page = await ask(asked);
      if (asked !== current || !page) continue;
      send(page);
      if (page.counting) void count(asked);
      return;
    }
  });

  // The first rows are there; how many there are in all is told as it becomes known.
  let counted: Watching | null = null;
  const count = async (asked: Watching) => {
    if (counted === asked) return;
    counted = asked;
    let toldAt = performance.now();
    try {
      for (let going = true; going && asked === current; ) {
        const page = await ask(asked);
        going = page?.counting ?? page === null;
        if (!page || asked !== current || (going && performance.now() - toldAt < beatMs)) continue;
        send(page);
        toldAt = performance.now();
      }
    } catch {
      // The next change asks again.
    }
    if (counted === asked) counted = null;
  };

  const detail = createPacer(beatMs, async () => {
    const asked = current;
    if (!asked || asked.detail === null) return;
    const task = await engine.detail(asked.batch, asked.detail);
    const json = JSON.stringify(task);
    if (asked !== current || json === sentDetail) return;
    sentDetail = json;
    emit('tasks.detail', task);
  });

  return {
    async watch(watching) {
      current = watching;
      sentRows = '';
      sentDetail = '';
      if (!watching) return;
      const answers = [rows.now()];
      if (watching.detail !== null) answers.push(detail.now());
      await Promise.all(answers);
    },
    changed(batch) {
      if (current?.batch !== batch) return;
      rows.request();
      if (current.detail !== null) detail.request();
    },
    close() {
      current = null;
      rows.close();
      detail.close();
    },
  };
}
