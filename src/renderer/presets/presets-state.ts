import { create } from 'zustand';
import { type Preset, presetFileEnding, presetSchema } from '../../shared/contract/presets.ts';
import { client } from '../connection.ts';
import { definitionOf } from '../new-batch/draft.ts';
import { settingsDraft } from '../new-batch/draft-of.ts';
import { edit, lookAgain, paramTexts, useDraft } from '../new-batch/draft-state.ts';
import { readParams } from '../new-batch/fields.ts';
import { readOptions } from '../new-batch/option-texts.ts';
import { saveText } from '../parts/save-text.ts';
import { go } from '../state/place.ts';
import { report, toast } from '../state/toasts.ts';
import { t } from '../words/t.ts';

/** All presets, by name, as the host tells of them; and which dialog about them is open. */
export const usePresets = create<{ presets: readonly Preset[]; dialog: 'save' | 'manage' | null }>(() => ({
  presets: [],
  dialog: null,
}));

export const takePresets = (presets: readonly Preset[]): void => usePresets.setState({ presets });
export const showDialog = (dialog: 'save' | 'manage' | null): void => usePresets.setState({ dialog });

export function loadPresets(): void {
  client.presets.list().then(takePresets, report);
}

/** Puts a preset's task, parameters and options into "New batch"; its inputs stay as they are. */
export function applyPreset(preset: Preset): void {
  edit(settingsDraft(preset, useDraft.getState().draft));
  lookAgain();
  go({ screen: 'new' });
  toast('info', t('presets.used', { name: preset.name }));
}

/** What "New batch" would be saved as under a name; null while it has no task that is known. */
export function presetOfDraft(name: string): Preset | null {
  const { draft, description } = useDraft.getState();
  const definition = definitionOf(draft);
  if (!definition || description.state !== 'answered') return null;
  const options = { ...readOptions(draft.options).values, ...(draft.queued ? { queued: true } : {}) };
  const params = readParams(description.answer.params, paramTexts(draft)).values;
  const parsed = presetSchema.safeParse({ name, definition, params, options });
  return parsed.success ? parsed.data : null;
}

export async function savePreset(preset: Preset): Promise<void> {
  try {
    takePresets(await client.presets.save(preset));
    toast('info', t('presets.saved', { name: preset.name }));
  } catch (error) {
    report(error);
  }
}

/** Answers whether it is called so now. */
export async function renamePreset(name: string, to: string): Promise<boolean> {
  try {
    takePresets(await client.presets.rename({ name, to }));
    return true;
  } catch (error) {
    report(error);
    return false;
  }
}

export async function deletePreset(preset: Preset): Promise<void> {
  try {
    takePresets(await client.presets.delete({ name: preset.name }));
    toast('info', t('presets.deleted', { name: preset.name }), {
      label: t('delete.undo'),
      run: () => client.presets.save(preset).then(takePresets, report),
    });
  } catch (error) {
    report(error);
  }
}

/** Saves presets as a file for others. */
export async function sharePresets(names: string[]): Promise<void> {
  try {
    const text = await client.presets.share({ names });
    const stem = names.length === 1 ? names[0]! : t('presets.title');
    saveText(new Blob([text], { type: 'application/json' }), `${stem}${presetFileEnding}`);
  } catch (error) {
    report(error);
  }
}

/** A file of presets is small: what is larger than this is none. Bytes. */
const largest = 5_000_000;

/** Takes in the presets of a file. Their task files still have to be allowed before they run. */
export async function importPresets(file: File): Promise<void> {
  try {
    if (file.size > largest) throw new Error(t('presets.too-large', { file: file.name }));
    const { presets, added } = await client.presets.import({ file: file.name, text: await file.text() });
    takePresets(presets);
    go({ screen: 'new' });
    toast(
      'info',
      added.length === 0
        ? t('presets.imported-none', { file: file.name })
        : t('presets.imported', { count: added.length, names: added.join(', ') }),
    );
  } catch (error) {
    report(error);
  }
}
