import { useId } from 'react';
import './segments.css';

interface SegmentsProps<Value extends string> {
  label: string;
  choices: readonly { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
  small?: boolean;
}

/** One choice out of a few that are all seen: radio buttons that look like a switch. */
export function Segments<Value extends string>({
  label,
  choices,
  value,
  onChange,
  small,
}: SegmentsProps<Value>) {
  const name = useId();
  return (
    <fieldset className={small ? 'segments segments-small' : 'segments'}>
      <legend className="hidden-text">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="segment">
          <input
            type="radio"
            className="hidden-text"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </fieldset>
  );
}
