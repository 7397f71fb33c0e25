import type { BatchSummary } from '../../shared/batch.ts';

/** What comes and goes, as a machine's load does, is not told more often than this, milliseconds. */
const againAfterMs = 60_000;

/** Tells what keeps a batch from going on when that appears, and that the batch goes on when it has passed. */
export function newNotices(
  now: () => number,
): (summary: BatchSummary, warn: (sentence: string, code: string) => void) => void {
  const toldAt = new Map<string, number>();
  /** The notice of the moment; `told`: it was said, so its end is worth saying. */
  let shown: { kind: string; told: boolean } | null = null;
  return ({ notice, state }, warn) => {
    const kind = notice && (notice.code ?? notice.message);
    if (kind === (shown?.kind ?? null)) return;
    if (!notice || kind === null) {
      if (shown?.told && state === 'running') warn('The batch goes on.', 'GOES_ON');
      shown = null;
      return;
    }
    const told = now() - (toldAt.get(kind) ?? Number.NEGATIVE_INFINITY) >= againAfterMs;
    shown = { kind, told };
    if (!told) return;
    toldAt.set(kind, now());
    warn(`Paused: ${notice.message}`, notice.code ?? 'NOTICE');
  };
}
