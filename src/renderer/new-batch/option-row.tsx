import { type ReactNode, useId } from 'react';
import { edit, useDraft } from './draft-state.ts';
import type { NumberTexts, OptionTexts } from './option-texts.ts';

/** What ties a field to its name and its hint. */
interface FieldProps {
  id: string;
  'aria-describedby': string;
  'aria-invalid': boolean;
}

interface OptionProps {
  label: string;
  hint: string;
  problem?: string;
  /** Draws the field, and what stands beside it. */
  children: (field: FieldProps) => ReactNode;
}

/** One option: its name, its field, and what it does or what is wrong with it. */
export function Option({ label, hint, problem, children }: OptionProps) {
  const id = useId();
  return (
    <div className="option">
      <label htmlFor={id}>{label}</label>
      <div className="option-fields">
        {children({ id, 'aria-describedby': `${id}-hint`, 'aria-invalid': problem !== undefined })}
        <p className={problem ? 'field-problem' : 'hint'} id={`${id}-hint`}>
          {problem ?? hint}
        </p>
      </div>
    </div>
  );
}

export const setOptions = (change: Partial<OptionTexts>): void =>
  edit({ options: { ...useDraft.getState().draft.options, ...change } });

/** A field for a number, with its text in the draft. */
export function NumberField({
  name,
  placeholder,
  field,
  narrow,
}: {
  name: keyof NumberTexts;
  placeholder?: string;
  narrow?: boolean;
  field: Partial<FieldProps> & { 'aria-label'?: string };
}) {
  const text = useDraft((state) => state.draft.options[name]);
  return (
    <input
      {...field}
      className={narrow ? 'field field-number field-count' : 'field field-number'}
      inputMode="decimal"
      maxLength={20}
      placeholder={placeholder}
      value={text}
      onChange={(event) => setOptions({ [name]: event.target.value })}
    />
  );
}

export function NumberOption({
  name,
  placeholder,
  ...rest
}: Omit<OptionProps, 'children'> & { name: keyof NumberTexts; placeholder: string }) {
  return (
    <Option {...rest}>
      {(field) => <NumberField name={name} placeholder={placeholder} field={field} />}
    </Option>
  );
}

/** One choice out of a few words. */
export function Choice<Value extends string>({
  label,
  value,
  choices,
  field,
  onChange,
}: {
  /** Its name, where it has no label of its own. */
  label?: string;
  value: Value;
  choices: readonly (readonly [value: Value, words: string])[];
  field?: FieldProps;
  onChange: (value: Value) => void;
}) {
  return (
    <select
      {...field}
      className="field"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value as Value)}
    >
      {choices.map(([each, words]) => (
        <option key={each} value={each}>
          {words}
        </option>
      ))}
    </select>
  );
}
