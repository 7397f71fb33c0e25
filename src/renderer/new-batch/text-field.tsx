import { type ReactNode, useId } from 'react';
import './params-form.css';

interface Props {
  label: string;
  text: string;
  placeholder?: string;
  hint?: string;
  mono?: boolean;
  /** Texts that are offered while one types. */
  offers?: readonly string[];
  onChange: (text: string) => void;
}

/** A text with its name before it, in line with the fields of parameters. */
export function TextField({ label, text, placeholder, hint, mono, offers, onChange }: Props) {
  const id = useId();
  return (
    <Labeled label={label} field={id}>
      <input
        id={id}
        className={mono ? 'field field-wide mono' : 'field field-wide'}
        placeholder={placeholder}
        value={text}
        spellCheck={false}
        list={offers && `${id}-offers`}
        onChange={(event) => onChange(event.target.value)}
      />
      {offers && (
        <datalist id={`${id}-offers`}>
          {offers.map((offer) => (
            <option key={offer} value={offer} />
          ))}
        </datalist>
      )}
      {hint && <p className="hint">{hint}</p>}
    </Labeled>
  );
}

/** A field of any kind with its name before it. */
export function Labeled({ label, field, children }: { label: string; field: string; children: ReactNode }) {
  return (
    <div className="param">
      <label htmlFor={field}>{label}</label>
      <div className="param-field">{children}</div>
    </div>
  );
}
