import { useNow } from '../state/now.ts';
import { clockTime } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import './quiet.css';

/** A task that has printed before is suspicious after this long without a word. */
const suspiciousMs = 60_000;
/** Before that nothing is said, for most tasks pause now and then. */
const saidAfterMs = 5000;

/**
 * How long ago a running task last printed something, amber once it may be stuck.
 * @param onlySuspicious says nothing before that.
 */
export function Quiet({
  printedAt,
  onlySuspicious,
}: {
  printedAt: number | undefined;
  onlySuspicious?: boolean;
}) {
  const now = useNow(printedAt !== undefined);
  const silent = printedAt === undefined ? 0 : now - printedAt;
  if (silent < (onlySuspicious ? suspiciousMs : saidAfterMs)) return null;
  const isSuspicious = silent >= suspiciousMs;
  return (
    <span className={isSuspicious ? 'quiet-for quiet-suspicious' : 'quiet-for'} title={t('quiet.tip')}>
      {t(onlySuspicious ? 'quiet.silent' : 'quiet.ago', { time: clockTime(silent) })}
    </span>
  );
}
