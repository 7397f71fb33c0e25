import { useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { useBatches } from '../state/batches.ts';
import { refreshStorage, setRetention, useStorage } from '../state/storage.ts';
import { bytes } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import './history-foot.css';

/** How much the history takes, and behind it how long it is kept. */
export function HistoryFoot() {
  const storage = useStorage((state) => state.storage);
  const [open, setOpen] = useState(false);
  if (!storage) return null;
  const { bytes: size, retentionDays } = storage;
  return (
    <>
      <button
        type="button"
        className="history-foot"
        aria-haspopup="dialog"
        title={t('history.settings')}
        onClick={() => {
          refreshStorage();
          setOpen(true);
        }}
      >
        <span>{t('history.size', { size: bytes(size) })}</span>
        <span className="history-kept">
          {retentionDays === null ? t('history.for-ever') : t('history.days', { count: retentionDays })}
        </span>
      </button>
      {open && <HistoryDialog onClose={() => setOpen(false)} />}
    </>
  );
}

/** Days that can be chosen; null: for ever. */
const choices = [null, 7, 30, 90, 365] as const;

function HistoryDialog({ onClose }: { onClose: () => void }) {
  const storage = useStorage((state) => state.storage);
  const batches = useBatches((state) => state.batches.size);
  if (!storage) return null;
  const { retentionDays, bytes: size } = storage;
  // Another number may have been set from the command line.
  const offered = choices.some((days) => days === retentionDays) ? choices : [...choices, retentionDays];
  return (
    <Dialog title={t('history.title')} onClose={onClose}>
      <p>{t('history.what', { count: batches, size: bytes(size) })}</p>
      <fieldset className="history-days">
        <legend>{t('history.keep')}</legend>
        {offered.map((days) => (
          <label key={days ?? 0} className="check">
            <input
              type="radio"
              name="retention"
              checked={days === retentionDays}
              onChange={() => setRetention(days)}
            />
            {days === null ? t('history.for-ever') : t('history.days', { count: days })}
          </label>
        ))}
      </fieldset>
      <p className="hint">{t('history.meaning')}</p>
    </Dialog>
  );
}
