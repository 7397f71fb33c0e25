import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { BatchSummary } from '../../shared/batch.ts';
import type { BatchId } from '../../shared/task.ts';
import { Icon } from '../parts/icon.tsx';
import { BatchLink } from '../sidebar/batch-link.tsx';
import { t } from '../words/t.ts';
import { moveQueued, stepQueued, useQueueSaid } from './queue-actions.ts';
import { dropTarget } from './queue-order.ts';
import './queue-group.css';

interface Drag {
  batch: BatchId;
  /** The batch before which it would come to stand now; null: behind all. */
  before: BatchId | null;
}

/** The batches that wait, in the order in which they will run: dragged by their grips, or moved with Alt and arrows. */
export function QueueGroup({ batches }: { batches: BatchSummary[] }) {
  const list = useRef<HTMLUListElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const said = useQueueSaid((state) => state.said);
  const title = t('sidebar.queued');

  const targetAt = (y: number): BatchId | null => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>('li') ?? [])];
    return dropTarget(
      items.map((item) => {
        const { top, height } = item.getBoundingClientRect();
        return { id: Number(item.dataset.queued), top, height };
      }),
      y,
    );
  };
  const onPointerDown = (event: PointerEvent, batch: BatchId) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ batch, before: batch });
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag) setDrag({ ...drag, before: targetAt(event.clientY) });
  };
  const onPointerUp = (event: PointerEvent) => {
    if (!drag) return;
    setDrag(null);
    const before = targetAt(event.clientY);
    if (before !== drag.batch && before !== nextOf(batches, drag.batch)) moveQueued(drag.batch, before);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && drag) setDrag(null);
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-batch]') : null;
    const step = event.altKey ? { ArrowUp: 'up' as const, ArrowDown: 'down' as const }[event.key] : undefined;
    if (!link || !step) return;
    event.preventDefault();
    event.stopPropagation();
    stepQueued(Number(link.dataset.batch), step);
  };

  return (
    <>
      <p className="hidden-text" role="status">
        {said}
      </p>
      {batches.length > 0 && (
        <section className="batch-group" aria-label={title}>
          <h3 className="batch-group-title">{title}</h3>
          <ul ref={list} onKeyDown={onKeyDown}>
            {batches.map(({ id }, position) => (
              <li
                key={id}
                data-queued={id}
                className={classOf(id, drag, batches, position)}
                title={batches.length > 1 ? t('queue.drag') : undefined}
              >
                {batches.length > 1 && (
                  <span
                    className="queue-grip"
                    aria-hidden="true"
                    onPointerDown={(event) => onPointerDown(event, id)}
                    onPointerMove={onPointerMove}
                    onPointerUp={onPointerUp}
                    onPointerCancel={() => setDrag(null)}
                  >
                    <Icon name="grip" size={12} />
                  </span>
                )}
                <BatchLink batch={batches[position]!} place={position + 1} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

const nextOf = (batches: BatchSummary[], id: BatchId): BatchId | null =>
  batches[batches.findIndex((batch) => batch.id === id) + 1]?.id ?? null;

/** Where it would be dropped is shown by a line, so that nothing moves before. */
function classOf(id: BatchId, drag: Drag | null, batches: BatchSummary[], position: number): string {
  if (!drag) return 'queue-item';
  if (drag.batch === id) return 'queue-item queue-dragged';
  if (drag.before === id) return 'queue-item queue-before';
  return drag.before === null && position === batches.length - 1 ? 'queue-item queue-behind' : 'queue-item';
}
