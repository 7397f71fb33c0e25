import type { ErrorExample, ErrorGroups } from '../../shared/contract/errors.ts';
import type { BatchId } from '../../shared/task.ts';
import type { Store } from '../store/store.ts';

/** The failed tasks of a batch, grouped by kind and place of their errors. */
export interface ErrorsApi {
  /** Over all that had failed when it was asked for, at least. Throws `NO_SUCH_BATCH`. */
  groups(batch: BatchId): Promise<ErrorGroups>;
  /** The first task of a group. Throws `NO_SUCH_GROUP`. */
  example(batch: BatchId, group: string): Promise<ErrorExample>;
}

/** So long the store is kept from others' questions at a time, milliseconds. */
const sliceMs = 60;

export function createErrors(store: Pick<Store, 'failureGroups' | 'failureExample'>): ErrorsApi {
  return {
    async groups(batch) {
      // What fails meanwhile is left to the next list: of a batch that fails as fast as it is read there would be none.
      let enough: number | undefined;
      for (;;) {
        const answer = await store.failureGroups(batch, sliceMs, enough);
        if (typeof answer !== 'number') return answer;
        enough ??= answer;
      }
    },
    example: (batch, group) => store.failureExample(batch, group),
  };
}
