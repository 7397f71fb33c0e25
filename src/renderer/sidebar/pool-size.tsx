import { useState } from 'react';
import { maxWorkers } from '../../shared/batch.ts';
import { wholeNumber } from '../new-batch/read.ts';
import { IconButton } from '../parts/button.tsx';
import { t } from '../words/t.ts';
import { useWantedSize, wantSize } from './wanted-size.ts';

const clamp = (size: number): number => Math.min(maxWorkers, Math.max(1, size));

/** Changes the size of the pool in place. */
export function PoolSize({ size }: { size: number }) {
  const [text, setText] = useState<string | null>(null);
  const shown = useWantedSize(({ wanted }) => wanted ?? size);

  const settle = () => {
    const typed = text === null ? null : wholeNumber(text);
    setText(null);
    if (typed !== null && clamp(typed) !== shown) wantSize(clamp(typed));
  };

  return (
    <span className="pool-size">
      <IconButton
        icon="minus"
        label={t('workers.fewer')}
        disabled={shown <= 1}
        onClick={() => wantSize(clamp(shown - 1))}
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
        onClick={() => wantSize(clamp(shown + 1))}
      />
    </span>
  );
}
