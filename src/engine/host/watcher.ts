import type { z } from 'zod';
import type { PoolboardContract, watchSchema } from '../../shared/contract.ts';
import type { Emit } from '../../shared/rpc.ts';
import type { BatchId } from '../../shared/task.ts';
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

/** Least milliseconds between two queries for the rows, and two for the detail. */
const intervalMs = 200;

export function createWatcher(
  engine: Pick<Engine, 'page' | 'detail'>,
  emit: Emit<PoolboardContract>,
): Watcher {
  let current: Watching | null = null;
  // JSON of what was sent last, so that a change elsewhere in the batch sends nothing. Empty: send in any case.
  let sentRows = '';
  let sentDetail = '';

  const rows = createPacer(intervalMs, async () => {
    const asked = current;
    if (!asked) return;
    const page = await engine.page(asked.batch, asked.query, asked.from, asked.count);
    const json = JSON.stringify(page);
    // The window may have scrolled on meanwhile: its new watch has asked for a run of its own.
    if (asked !== current || json === sentRows) return;
    sentRows = json;
    emit('tasks.rows', page);
  });
  const detail = createPacer(intervalMs, async () => {
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
