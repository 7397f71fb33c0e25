import { useCallback, useEffect, useState } from 'react';
import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import type { Comparison, Threshold } from '../../shared/contract/compare.ts';
import type { ErrorInfo } from '../../shared/errors.ts';
import { client } from '../connection.ts';
import { infoOf } from '../new-batch/asked.ts';

export interface Comparing {
  /** As it was found last; null before the first answer. */
  comparison: Comparison | null;
  /** It is being looked at. */
  working: boolean;
  error: ErrorInfo | null;
  /** Grows with each answer: rows that were loaded before are of another comparison. */
  version: number;
  again: () => void;
}

/** Compares two batches; anew when one of them ends or changes after its end, or the threshold does. */
export function useComparison(
  before: BatchSummary,
  after: BatchSummary,
  { ratio, ms }: Threshold,
): Comparing {
  const [state, setState] = useState<Omit<Comparing, 'again'>>({
    comparison: null,
    working: true,
    error: null,
    version: 0,
  });
  const [asked, setAsked] = useState(0);
  const what = `${stamp(before)} ${stamp(after)}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a batch that changed, or one who asks, wants it anew
  useEffect(() => {
    let isShown = true;
    setState((was) => ({ ...was, working: true }));
    client.compare.open({ before: before.id, after: after.id, threshold: { ratio, ms } }).then(
      (comparison) =>
        isShown &&
        setState(({ version }) => ({ comparison, working: false, error: null, version: version + 1 })),
      (error: unknown) => isShown && setState((was) => ({ ...was, working: false, error: infoOf(error) })),
    );
    return () => {
      isShown = false;
    };
  }, [before.id, after.id, ratio, ms, what, asked]);
  return { ...state, again: useCallback(() => setAsked((number) => number + 1), []) };
}

/** A batch that runs changes all the time: it is compared anew when it has ended. */
const stamp = ({ state, counts }: BatchSummary): string =>
  hasEnded(state) ? `${state} ${Object.values(counts).join()}` : 'open';
