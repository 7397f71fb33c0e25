import type { PoolboardContract } from '../../shared/contract.ts';
import type { Emit, Handlers } from '../../shared/rpc.ts';
import type { WhenDone } from './when-done.ts';

/** The handlers of the group `whenDone`. */
export function whenDoneCalls(whenDone: WhenDone): Handlers<PoolboardContract, undefined>['whenDone'] {
  return {
    view: () => whenDone.view(),
    choose: ({ action }) => whenDone.choose(action),
    stop: () => whenDone.stop(),
    now: () => whenDone.now(),
  };
}

/** Tells one window of what becomes of it, until it is called. */
export function tellWhenDone(whenDone: WhenDone, emit: Emit<PoolboardContract>): () => void {
  return whenDone.on((event) => {
    if (event.type === 'changed') emit('whenDone.changed', event.view);
    else if (event.type === 'notify')
      emit('whenDone.notify', { batches: event.batches, failed: event.failed });
    else emit('whenDone.failed', { action: event.action, error: event.error });
  });
}
