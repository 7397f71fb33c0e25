import { useId } from 'react';
import type { ParamSchema, ParamsSchema } from '../../shared/definition.ts';
import { said } from '../words/said.ts';
import { t } from '../words/t.ts';
import { paramTexts, setParam, useDraft } from './draft-state.ts';
import { readParams } from './fields.ts';
import './params-form.css';

/** A form for a definition's parameters. A field that is left empty keeps the definition's default. */
export function ParamsForm({ schema }: { schema: ParamsSchema }) {
  const draft = useDraft((state) => state.draft);
  const texts = paramTexts(draft);
  const { problems } = readParams(schema, texts);
  return (
    <fieldset className="params wide">
      <legend className="hidden-text">{t('params.title')}</legend>
      {Object.entries(schema.properties).map(([name, field]) => (
        <Param
          key={name}
          name={name}
          field={field}
          required={schema.required?.includes(name) ?? false}
          text={texts[name]}
          // An empty field is not wrong before one has come to it.
          problem={texts[name] === undefined ? undefined : problems[name]}
        />
      ))}
    </fieldset>
  );
}

interface ParamProps {
  name: string;
  field: ParamSchema;
  required: boolean;
  text: string | boolean | undefined;
  problem: string | undefined;
}

function Param({ name, field, required, text, problem }: ParamProps) {
  const id = useId();
  return (
    <div className="param">
      <label htmlFor={id}>
        {field.title ? said(field.title) : name}
        {required && field.default === undefined && <span className="quiet"> {t('params.required')}</span>}
      </label>
      <div className="param-field">
        <Field id={id} name={name} field={field} text={text} problem={problem} />
        {field.description && <p className="hint">{said(field.description)}</p>}
        {problem && (
          <p className="field-problem" id={`${id}-problem`}>
            {problem}
          </p>
        )}
      </div>
    </div>
  );
}

function Field({ id, name, field, text, problem }: Omit<ParamProps, 'required'> & { id: string }) {
  const common = {
    id,
    className: 'field',
    'aria-invalid': problem !== undefined,
    'aria-describedby': problem === undefined ? undefined : `${id}-problem`,
  };
  const fallback = field.default === undefined ? '' : String(field.default);
  if (field.type === 'boolean') {
    return (
      <span className="check">
        <input
          id={id}
          type="checkbox"
          checked={text === undefined ? field.default === true : text === true}
          onChange={(event) => setParam(name, event.target.checked)}
        />
      </span>
    );
  }
  if (field.enum) {
    return (
      <select
        {...common}
        value={String(text ?? fallback)}
        onChange={(event) => setParam(name, event.target.value)}
      >
        {fallback === '' && <option value="" />}
        {field.enum.map((choice) => (
          <option key={choice} value={String(choice)}>
            {choice}
          </option>
        ))}
      </select>
    );
  }
  const isNumber = field.type !== 'string';
  return (
    <input
      {...common}
      className={isNumber ? 'field field-number' : 'field field-wide'}
      inputMode={isNumber ? 'decimal' : undefined}
      placeholder={fallback}
      value={String(text ?? '')}
      spellCheck={false}
      onChange={(event) => setParam(name, event.target.value)}
    />
  );
}
