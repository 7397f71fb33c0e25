import { t } from '../words/t.ts';
import { chooseWhenDone, useWhenDone } from './state.ts';

/** What to do when all batches have ended. */
export function WhenDoneChoice() {
  const { action, available } = useWhenDone((state) => state.view);
  if (available.length < 2) return null;
  return (
    <label className={action === 'nothing' ? 'when-done' : 'when-done when-done-chosen'}>
      <span>{t('when-done.label')}</span>
      <select
        value={action}
        onChange={(event) => {
          const chosen = available.find((each) => each === event.target.value);
          if (chosen) chooseWhenDone(chosen);
        }}
      >
        {available.map((each) => (
          <option key={each} value={each}>
            {t(`when-done.${each}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
