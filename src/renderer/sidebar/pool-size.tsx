import { useEffect, useState } from 'react';
import { maxWorkers } from '../../shared/batch.ts';
import { client } from '../connection.ts';
import { wholeNumber } from '../new-batch/read.ts';
import { IconButton } from '../parts/button.tsx';
import { useHost } from '../state/host.ts';
import { report } from '../state/toasts.ts';
import { t } from '../words/t.ts';

const clamp = (size: number): number => Math.min(maxWorkers, Math.max(1, size));

/** Changes the size of the pool in place. */
export function PoolSize({ size }: { size: number }) {
  const [text, setText] = useState<string | null>(null);
  const [wanted, setWanted] = useState<number | null>(null);
  const shown = wanted ?? size;

  useEffect(() => {
    if (wanted === null) return;
    // Several steps in a row are one change.
    const timer = setTimeout(() => {
      client.pool
        .setSize({ size: wanted })
        .then((pool) => useHost.setState({ pool }), report)
        .finally(() => setWanted(null));
    }, 200);
    return () => clearTimeout(timer);
  }, [wanted]);

  const settle = () => {
    const typed = text === null ? null : wholeNumber(text);
    setText(null);
    if (typed !== null && clamp(typed) !== size) setWanted(clamp(typed));
  };

  return (
    <span className="pool-size">
      <IconButton
        icon="minus"
        label={t('workers.fewer')}
        disabled={shown <= 1}
        onClick={() => setWanted(clamp(shown - 1))}
      />
      <input
        type="number"
        min={1}
        max={maxWorkers}
        aria-label={t('workers.size')}
        value={text ?? shown}
        onChange={(event) => setText(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
        }}
      />
      <IconButton
        icon="plus"
        label={t('workers.more')}
        disabled={shown >= maxWorkers}
        onClick={() => setWanted(clamp(shown + 1))}
      />
    </span>
  );
}
