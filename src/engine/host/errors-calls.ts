import type { PoolboardContract } from '../../shared/contract.ts';
import type { Emit, Handlers } from '../../shared/rpc.ts';
import type { BatchId } from '../../shared/task.ts';
import type { Engine } from '../api.ts';
import { createPacer } from './pacer.ts';

/** Answers for the grouped errors that one window shows. */
export interface ErrorsCalls {
  handlers: Handlers<PoolboardContract, undefined>['errors'];
  /** Something about the tasks of this batch changed. */
  changed(batch: BatchId): void;
  close(): void;
}

/** Least milliseconds between two lists. */
const intervalMs = 1000;

export function errorsCalls(engine: Pick<Engine, 'errors'>, emit: Emit<PoolboardContract>): ErrorsCalls {
  let watched: BatchId | null = null;
  let sent = '';
  const pacer = createPacer(intervalMs, async () => {
    const asked = watched;
    if (asked === null) return;
    const groups = await engine.errors.groups(asked);
    const json = JSON.stringify(groups);
    if (asked !== watched || json === sent) return;
    sent = json;
    emit('errors.changed', groups);
  });
  return {
    handlers: {
      groups: ({ batch }) => engine.errors.groups(batch),
      example: ({ batch, group }) => engine.errors.example(batch, group),
      async watch(asked) {
        watched = asked?.batch ?? null;
        sent = '';
        if (watched !== null) await pacer.now();
      },
    },
    changed(batch) {
      if (batch === watched) pacer.request();
    },
    close() {
      watched = null;
      pacer.close();
    },
  };
}
