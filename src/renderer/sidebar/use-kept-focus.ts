import { type RefObject, useLayoutEffect } from 'react';
import type { BatchId } from '../../shared/task.ts';

/** The batch whose link had the focus when it was taken away, within one change of the window. */
let held: BatchId | null = null;

/**
 * Keeps the focus on the link of a batch that comes to stand in another group: it is another element there, and
 * without this the next key would mean the batch that is shown.
 */
export function useKeptFocus(link: RefObject<HTMLElement | null>, batch: BatchId): void {
  useLayoutEffect(() => {
    const element = link.current;
    if (held === batch) element?.focus({ preventScroll: true });
    return () => {
      if (document.activeElement !== element) return;
      held = batch;
      // The new link is there before this.
      queueMicrotask(() => {
        held = null;
      });
    };
  }, [link, batch]);
}
