import type { BatchSummary } from '../shared/batch.ts';
import type { BatchId } from '../shared/task.ts';
import { endMessage, type Message, noticeMessage } from './messages.ts';

export interface NotificationSteps {
  /** A person looks at the window. */
  isInFront(): boolean;
  show(message: Message, onClick: () => void): void;
  /** Brings the window before the person, with this batch. */
  open(batch: BatchId): void;
}

/** Tells of batches while nobody looks: one notification for the end of each, one for what it waits for. */
export function createNotifications({ isInFront, show, open }: NotificationSteps) {
  /** What was told of each running batch: a drive that comes and goes is told of once. */
  const told = new Map<BatchId, Set<string | undefined>>();
  return {
    ended(batch: BatchSummary): void {
      told.delete(batch.id);
      // Its program ended: whoever did that knows.
      if (batch.state === 'interrupted' || isInFront()) return;
      show(endMessage(batch), () => open(batch.id));
    },
    noticed(batch: BatchSummary): void {
      const code = batch.notice?.code;
      // A machine under load is nothing that one has to put right.
      if (code?.startsWith('MACHINE_') || isInFront()) return;
      const codes = told.get(batch.id) ?? new Set();
      if (codes.has(code)) return;
      told.set(batch.id, codes.add(code));
      show(noticeMessage(batch), () => open(batch.id));
    },
  };
}
