import { type FormEvent, useId, useState } from 'react';
import type { Preset } from '../../shared/contract/presets.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { subjectOf } from '../state/batch-search.ts';
import { t } from '../words/t.ts';
import {
  applyPreset,
  deletePreset,
  presetOfDraft,
  renamePreset,
  savePreset,
  sharePresets,
  showDialog,
  usePresets,
} from './presets-state.ts';
import './presets.css';

const close = () => showDialog(null);

/** The dialogs about presets, where one is open. */
export function PresetDialogs() {
  const dialog = usePresets((state) => state.dialog);
  if (dialog === 'save') return <SaveDialog />;
  return dialog === 'manage' ? <ManageDialog /> : null;
}

function SaveDialog() {
  const presets = usePresets((state) => state.presets);
  const [name, setName] = useState('');
  const field = useId();
  const wanted = name.trim();
  const taken = presets.some((preset) => preset.name.toLowerCase() === wanted.toLowerCase());
  const save = (event: FormEvent) => {
    event.preventDefault();
    const preset = wanted === '' ? null : presetOfDraft(wanted);
    if (!preset) return;
    close();
    void savePreset(preset);
  };
  return (
    <Dialog title={t('presets.save-title')} onClose={close}>
      <form className="preset-form" onSubmit={save}>
        <label htmlFor={field}>{t('presets.name')}</label>
        <input
          id={field}
          className="field field-wide"
          data-first
          maxLength={100}
          value={name}
          aria-describedby={`${field}-hint`}
          onChange={(event) => setName(event.target.value)}
        />
        <p className="hint" id={`${field}-hint`}>
          {t(taken ? 'presets.taken' : 'presets.save-meaning')}
        </p>
        <div className="dialog-buttons">
          <Button type="submit" look="main" disabled={wanted === ''}>
            {taken ? t('presets.replace', { name: wanted }) : t('presets.save-do')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function ManageDialog() {
  const presets = usePresets((state) => state.presets);
  return (
    <Dialog title={t('presets.manage-title')} onClose={close}>
      {presets.length === 0 && <p className="quiet">{t('presets.none')}</p>}
      <ul className="preset-list scrolls">
        {presets.map((preset) => (
          <PresetLine key={preset.name} preset={preset} />
        ))}
      </ul>
      {presets.length > 0 && (
        <div className="dialog-buttons">
          <Button icon="download" onClick={() => void sharePresets(presets.map(({ name }) => name))}>
            {t('presets.share-all', { count: presets.length })}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

const fieldOf = (name: string): string => `preset ${name}`;

/** One preset: its name, which can be changed in place, and what it does. */
function PresetLine({ preset }: { preset: Preset }) {
  const { name, definition } = preset;
  const [text, setText] = useState(name);
  const rename = async () => {
    const wanted = text.trim();
    if (wanted === '' || wanted === name) setText(name);
    else if (await renamePreset(name, wanted)) return wanted;
    else setText(name);
    return name;
  };
  return (
    <li className="preset-line">
      <input
        id={fieldOf(name)}
        className="field preset-name"
        aria-label={t('presets.rename', { name })}
        maxLength={100}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => void rename()}
        onKeyDown={(event) => {
          // A renamed preset stands in another place of the list.
          if (event.key === 'Enter')
            void rename().then((now) => document.getElementById(fieldOf(now))?.focus());
          if (event.key !== 'Escape' || text === name) return;
          event.preventDefault();
          setText(name);
        }}
      />
      <span className="mono quiet preset-task" title={subjectOf(definition)}>
        {subjectOf(definition)}
      </span>
      <IconButton
        icon="play"
        label={t('presets.use', { name })}
        onClick={() => {
          close();
          applyPreset(preset);
        }}
      />
      <IconButton
        icon="download"
        label={t('presets.share', { name })}
        onClick={() => void sharePresets([name])}
      />
      <IconButton
        icon="trash"
        label={t('presets.delete', { name })}
        onClick={() => void deletePreset(preset)}
      />
    </li>
  );
}
