import { useRef } from 'react';
import { presetFileEnding } from '../../shared/contract/presets.ts';
import { MenuButton, MenuGroup, MenuItem } from '../parts/menu.tsx';
import { toast } from '../state/toasts.ts';
import { t } from '../words/t.ts';
import { applyPreset, importPresets, presetOfDraft, showDialog, usePresets } from './presets-state.ts';
import './presets.css';

/** Picks a preset, saves one, or takes some in from a file. */
export function PresetsMenu() {
  const presets = usePresets((state) => state.presets);
  const picker = useRef<HTMLInputElement>(null);
  const save = () => {
    if (presetOfDraft('x')) showDialog('save');
    else toast('info', t('presets.not-ready'));
  };
  return (
    <div className="presets-menu">
      <MenuButton label={t('presets.title')} icon="preset">
        {presets.length === 0 && <p className="presets-none quiet">{t('presets.none')}</p>}
        {presets.length > 0 && (
          <div className="presets-list scrolls">
            {presets.map((preset) => (
              <MenuItem
                key={preset.name}
                label={t('presets.use', { name: preset.name })}
                onChoose={() => applyPreset(preset)}
              >
                <span className="presets-name" aria-hidden="true" title={preset.name}>
                  {preset.name}
                </span>
              </MenuItem>
            ))}
          </div>
        )}
        <MenuGroup title={t('presets.title')}>
          <MenuItem icon="plus" label={t('presets.save')} onChoose={save} />
          {presets.length > 0 && (
            <MenuItem icon="preset" label={t('presets.manage')} onChoose={() => showDialog('manage')} />
          )}
          <MenuItem icon="folder" label={t('presets.import')} onChoose={() => picker.current?.click()} />
        </MenuGroup>
      </MenuButton>
      <input
        ref={picker}
        type="file"
        className="hidden-text"
        tabIndex={-1}
        aria-hidden="true"
        accept={`${presetFileEnding},.json,application/json`}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file) void importPresets(file);
          event.target.value = '';
        }}
      />
    </div>
  );
}
