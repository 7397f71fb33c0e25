import { t } from '../words/t.ts';
import type { Draft } from './draft.ts';
import { edit, useDraft } from './draft-state.ts';
import { wholeNumber } from './read.ts';

/** Numbers from one to another, as Python's `range` counts them. */
export function RangeInput() {
  const range = useDraft((state) => state.draft.range);
  return (
    <>
      <div className="field-row">
        <Bound name="from" range={range} label={t('range.from')} />
        <Bound name="to" range={range} label={t('range.to')} />
        <Bound name="step" range={range} label={t('range.step')} />
      </div>
      <p className="hint">{t('range.hint')}</p>
    </>
  );
}

function Bound({ name, range, label }: { name: keyof Draft['range']; range: Draft['range']; label: string }) {
  const text = range[name];
  const value = wholeNumber(text);
  const invalid = text !== '' && (value === null || (name === 'step' && value === 0));
  return (
    <label className="field-row">
      {label}
      <input
        className="field field-number"
        inputMode="numeric"
        value={text}
        aria-invalid={invalid}
        onChange={(event) => edit({ range: { ...range, [name]: event.target.value } }, true)}
      />
    </label>
  );
}
