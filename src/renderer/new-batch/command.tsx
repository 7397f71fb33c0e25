import { type ReactNode, type RefObject, useId, useRef } from 'react';
import { t } from '../words/t.ts';
import { replacementsFor } from './commands.ts';
import type { Draft } from './draft.ts';
import { shownOf } from './draft-commands.ts';
import { edit, useDraft } from './draft-state.ts';
import { TextField } from './text-field.tsx';
import { useCommands } from './use-commands.ts';
import './command.css';

const setOption = (change: Partial<Draft['commandOptions']>, typing = false): void => {
  const { commandOptions } = useDraft.getState().draft;
  edit({ commandOptions: { ...commandOptions, ...change } }, typing);
};

/** A command template, with the first commands that come of it. */
export function Command() {
  const command = useDraft((state) => state.draft.command);
  const { shell, stdin, cwd, out } = useDraft((state) => state.draft.commandOptions);
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        className="field field-wide mono"
        aria-label={t('task.command')}
        placeholder={t('task.command-example', { braces: '{}' })}
        value={command}
        spellCheck={false}
        onChange={(event) => edit({ command: event.target.value }, true)}
      />
      <Replacements field={field} shell={shell} />
      {command.trim() === '' ? (
        <p className="hint">{t('task.command-hint', { braces: '{}' })}</p>
      ) : (
        <FirstCommands />
      )}
      <Switch
        label={t('command.shell')}
        hint={t('command.shell-hint')}
        checked={shell}
        onChange={(checked) => setOption({ shell: checked })}
      />
      <Switch
        label={t('command.stdin')}
        hint={t('command.stdin-hint', { braces: '{}' })}
        checked={stdin}
        onChange={(checked) => setOption({ stdin: checked })}
      />
      <div className="params wide">
        <TextField
          label={t('command.cwd')}
          placeholder={t('command.cwd-default')}
          mono
          text={cwd}
          onChange={(text) => setOption({ cwd: text }, true)}
        />
        <TextField
          label={t('command.out')}
          placeholder={t('command.out-default', { braces: '{out}' })}
          mono
          text={out}
          onChange={(text) => setOption({ out: text }, true)}
        />
      </div>
    </>
  );
}

/** Columns that are offered; a table can have thousands. */
const maxColumns = 24;

/** The replacement strings: one that is pressed is put where the caret stands. */
function Replacements({ field, shell }: { field: RefObject<HTMLInputElement | null>; shell: boolean }) {
  const preview = useDraft((state) => state.preview);
  const columns = shownOf(preview)?.columns ?? [];
  const insert = (text: string) => {
    const input = field.current;
    if (!input) return;
    const { selectionStart, selectionEnd, value } = input;
    input.setRangeText(text, selectionStart ?? value.length, selectionEnd ?? value.length, 'end');
    edit({ command: input.value });
    input.focus();
  };
  return (
    <fieldset className="replacements">
      <legend className="hidden-text">{t('command.insert')}</legend>
      {replacementsFor(columns.slice(0, maxColumns), shell).map(({ text, means }) => (
        <button
          key={text}
          type="button"
          className="replacement mono"
          title={means}
          onClick={() => insert(text)}
        >
          {text}
        </button>
      ))}
      {columns.length > maxColumns && (
        <span className="hint">{t('command.insert-more', { count: columns.length - maxColumns })}</span>
      )}
    </fieldset>
  );
}

/** Of one command; an input can be megabytes, and three lines are seen of it. */
const maxCharacters = 2000;

function FirstCommands() {
  const shown = useCommands();
  if (!shown) return null;
  if (shown.problem !== null) {
    return (
      <p className="field-problem" role="alert">
        {shown.problem}
      </p>
    );
  }
  if (shown.commands.length === 0) return <p className="hint">{t('command.no-inputs')}</p>;
  return (
    <ol className="commands mono wide" aria-label={t('command.preview')}>
      {shown.commands.map((command, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: commands may repeat
        <li key={position} title={command.slice(0, maxCharacters)}>
          {command.slice(0, maxCharacters)}
        </li>
      ))}
    </ol>
  );
}

interface SwitchProps {
  label: ReactNode;
  hint: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function Switch({ label, hint, checked, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="command-switch">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      <p className="hint" id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}
