import { hasEnded } from '../../shared/batch.ts';
import type { BatchId } from '../../shared/task.ts';
import { batchActions } from '../board/batch-actions.ts';
import { BatchItems } from '../board/batch-items.tsx';
import { ContextMenu } from '../parts/menu.tsx';
import { PriorityItems } from '../queue/priority.tsx';
import { QueueItems } from '../queue/queue-items.tsx';
import { useBatch } from '../state/batches.ts';

export interface MenuPlace {
  batch: BatchId;
  at: { x: number; y: number };
}

/** What can be done to a batch in the sidebar without opening it first. */
export function BatchMenu({ place: { batch: id, at }, onClose }: { place: MenuPlace; onClose: () => void }) {
  const batch = useBatch(id);
  if (!batch) return null;
  return (
    <ContextMenu label={batch.name} at={at} onClose={onClose}>
      <BatchItems actions={batchActions(batch)} />
      <QueueItems batch={batch} />
      {!hasEnded(batch.state) && <PriorityItems batch={batch} />}
    </ContextMenu>
  );
}
