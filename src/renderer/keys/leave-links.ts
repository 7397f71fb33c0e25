import type { BatchId } from '../../shared/task.ts';
import { historySearchId } from './ids.ts';

/**
 * Moves the focus from the link of a batch that goes to the nearest one that stays. Without this it would fall to
 * the window as a whole, where the next Del means the batch that is shown.
 */
export function leaveLinks(gone: readonly BatchId[]): void {
  const focused = document.activeElement?.closest<HTMLElement>('[data-batch]');
  if (!focused || !gone.includes(Number(focused.dataset.batch))) return;
  const links = [...document.querySelectorAll<HTMLElement>('[data-batch]')];
  const at = links.indexOf(focused);
  const stays = (link: HTMLElement) => !gone.includes(Number(link.dataset.batch));
  const next = links.slice(at + 1).find(stays) ?? links.slice(0, at).findLast(stays);
  // Where a search found only what goes, another one is the next thing to do.
  (next ?? document.getElementById(historySearchId))?.focus();
}
