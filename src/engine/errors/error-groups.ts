import type { ErrorExample, ErrorGroups } from '../../shared/contract/errors.ts';
import type { BatchId } from '../../shared/task.ts';
import type { Store } from '../store/store.ts';

/** The failed tasks of a batch, grouped by kind and place of their errors. */
export interface ErrorsApi {
  /** Over all that have failed so far. Throws `NO_SUCH_BATCH`. */
  groups(batch: BatchId): Promise<ErrorGroups>;
  /** The first task of a group. Throws `NO_SUCH_GROUP`. */
  example(batch: BatchId, group: string): Promise<ErrorExample>;
}

/** So long the store is kept from others' questions at a time, milliseconds. */
const sliceMs = 60;

export function createErrors(store: Pick<Store, 'failureGroups' | 'failureExample'>): ErrorsApi {
  return {
    async groups(batch) {
      for (;;) {
        const groups = await store.failureGroups(batch, sliceMs);
        if (groups) return groups;
      }
    },
    example: (batch, group) => store.failureExample(batch, group),
  };
}
