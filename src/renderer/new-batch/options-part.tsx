import { useId, useState } from 'react';
import { Icon } from '../parts/icon.tsx';
import { useHost } from '../state/host.ts';
import { type PlainKey, t } from '../words/t.ts';
import type { OptionTexts } from './draft.ts';
import { edit, useDraft } from './draft-state.ts';
import { readOptions, summaryOf } from './fields.ts';
import { PartView } from './part.tsx';
import './options-part.css';

const fields: readonly { name: keyof OptionTexts; label: PlainKey; hint: PlainKey }[] = [
  { name: 'workers', label: 'options.workers', hint: 'options.workers-hint' },
  { name: 'concurrency', label: 'options.concurrency', hint: 'options.concurrency-hint' },
  { name: 'chunkSize', label: 'options.chunk', hint: 'options.chunk-hint' },
  { name: 'timeoutSeconds', label: 'options.timeout', hint: 'options.timeout-hint' },
  { name: 'retries', label: 'options.retries', hint: 'options.retries-hint' },
  { name: 'maxTasksPerWorker', label: 'options.recycle', hint: 'options.recycle-hint' },
];

/** "Like this": folded to one line that says what is set. */
export function OptionsPart() {
  const [open, setOpen] = useState(false);
  const options = useDraft((state) => state.draft.options);
  const name = useDraft((state) => state.draft.name);
  const pool = useHost((state) => state.pool);
  const { values, problems } = readOptions(options);
  const shown = open || Object.keys(problems).length > 0;
  const form = useId();
  return (
    <PartView part="options" title={t('new.options')}>
      <button
        type="button"
        className="options-summary"
        aria-expanded={shown}
        aria-controls={form}
        onClick={() => setOpen(!open)}
      >
        <Icon name={shown ? 'down' : 'chevron'} size={14} />
        {summaryOf(values, pool?.size ?? 1)}
      </button>
      {shown && (
        <div className="options wide" id={form}>
          {fields.map((field) => (
            <Option
              key={field.name}
              label={t(field.label)}
              hint={t(field.hint)}
              placeholder={placeholderOf(field.name, pool?.size ?? 1)}
              text={options[field.name]}
              problem={problems[field.name]}
              onChange={(text) => edit({ options: { ...options, [field.name]: text } })}
            />
          ))}
          <Option
            label={t('options.name')}
            hint={t('options.name-hint')}
            text={name}
            onChange={(text) => edit({ name: text })}
            isText
          />
        </div>
      )}
    </PartView>
  );
}

const placeholderOf = (name: keyof OptionTexts, poolSize: number): string => {
  if (name === 'workers') return String(poolSize);
  return name === 'chunkSize' || name === 'concurrency'
    ? t('options.auto')
    : name === 'retries'
      ? '0'
      : t('options.none');
};

interface OptionProps {
  label: string;
  hint: string;
  placeholder?: string;
  text: string;
  problem?: string;
  isText?: boolean;
  onChange: (text: string) => void;
}

function Option({ label, hint, placeholder, text, problem, isText, onChange }: OptionProps) {
  const id = useId();
  return (
    <div className="option">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={isText ? 'field field-wide' : 'field field-number'}
        inputMode={isText ? undefined : 'decimal'}
        maxLength={200}
        placeholder={placeholder}
        value={text}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p className={problem ? 'field-problem' : 'hint'} id={`${id}-hint`}>
        {problem ?? hint}
      </p>
    </div>
  );
}
