import { hasEnded, maxWorkers } from '../../shared/batch.ts';
import { batchActions } from '../board/batch-actions.ts';
import { client } from '../connection.ts';
import type { Action } from '../keys/action.ts';
import { historySearchId, searchId } from '../keys/ids.ts';
import { showKeys } from '../keys/key-list.tsx';
import { applyPreset, showDialog, usePresets } from '../presets/presets-state.ts';
import { batchNow, useBatches } from '../state/batches.ts';
import { useHost } from '../state/host.ts';
import { go, usePlace } from '../state/place.ts';
import { setTheme, themes, useTheme } from '../state/theme.ts';
import { report } from '../state/toasts.ts';
import { chooseWhenDone, useWhenDone } from '../when-done/state.ts';
import { languageNames, languages, setLanguage, useLanguage } from '../words/language.ts';
import { t } from '../words/t.ts';
import { exportsOf, queueActions, tabsOf } from './offered-of-batch.ts';

/** Where an action belongs, said beside it. */
export type Group = 'batch' | 'export' | 'go' | 'new' | 'open' | 'pool' | 'window';

export interface Offered extends Action {
  group: Group;
}

/**
 * Everything that can be done now.
 * @param typed what is looked for: a number in it is offered as the size of the pool.
 */
export function offeredNow(typed: string): Offered[] {
  const { place } = usePlace.getState();
  const batch = place?.screen === 'batch' ? batchNow(place.batch) : undefined;
  return [
    ...(batch ? inGroup('batch', [...batchActions(batch), ...queueActions(batch)]) : []),
    ...(batch && place?.screen === 'batch' ? inGroup('go', tabsOf(batch, place.tab)) : []),
    ...inGroup('go', placesNow(place?.screen)),
    ...(batch && batch.total > 0 ? inGroup('export', exportsOf(batch)) : []),
    ...inGroup('new', presetActions(place?.screen)),
    ...inGroup('pool', [...poolSizes(typed), ...whenDoneActions()]),
    ...inGroup('window', windowActions()),
    ...inGroup('open', otherBatches(batch?.id)),
  ];
}

const inGroup = (group: Group, actions: Action[]): Offered[] =>
  actions.map((action) => ({ ...action, group }));

function placesNow(screen: string | undefined): Action[] {
  const focus = (id: string) => () => document.getElementById(id)?.focus();
  const places: Action[] = [];
  if (screen !== 'new') {
    places.push({
      id: 'new',
      label: t('sidebar.new'),
      icon: 'plus',
      key: 'N',
      run: () => go({ screen: 'new' }),
    });
  }
  if (document.getElementById(searchId)) {
    places.push({
      id: 'search',
      label: t('search.label'),
      icon: 'search',
      key: '/',
      run: focus(searchId),
    });
  }
  if (document.getElementById(historySearchId)) {
    places.push({
      id: 'history',
      label: t('history.search'),
      icon: 'search',
      key: 'H',
      run: focus(historySearchId),
    });
  }
  return places;
}

/** One more, one fewer, one a core, and the number that was typed. */
function poolSizes(typed: string): Action[] {
  const { pool } = useHost.getState();
  if (!pool) return [];
  const [number] = /\d+/.exec(typed) ?? [];
  const wanted = [Number(number ?? 0), pool.size - 1, pool.size + 1, pool.cores];
  const sizes = [...new Set(wanted)].filter((size) => size >= 1 && size <= maxWorkers && size !== pool.size);
  return sizes.map((size) => ({
    id: `pool.${size}`,
    label: t('palette.size', { count: size }),
    icon: 'system',
    run: () => {
      client.pool.setSize({ size }).then((changed) => useHost.setState({ pool: changed }), report);
    },
  }));
}

/** "New batch" with the settings of a preset, and what can be done to presets there. */
function presetActions(screen: string | undefined): Action[] {
  const { presets } = usePresets.getState();
  const used = presets.map((preset) => ({
    id: `preset.${preset.name}`,
    label: t('presets.use', { name: preset.name }),
    icon: 'preset' as const,
    run: () => applyPreset(preset),
  }));
  if (screen !== 'new') return used;
  return [
    ...used,
    { id: 'presets.save', label: t('presets.save'), icon: 'preset', run: () => showDialog('save') },
    { id: 'presets.manage', label: t('presets.manage'), icon: 'preset', run: () => showDialog('manage') },
  ];
}

/** What happens when all batches have ended, while any runs. */
function whenDoneActions(): Action[] {
  const { action: chosen, available } = useWhenDone.getState().view;
  if (![...useBatches.getState().batches.values()].some(({ state }) => !hasEnded(state))) return [];
  return available
    .filter((action) => action !== chosen)
    .map((action) => ({
      id: `when-done.${action}`,
      label: t('palette.when-done', { action: t(`when-done.${action}`) }),
      run: () => chooseWhenDone(action),
    }));
}

function windowActions(): Action[] {
  const { theme: chosen } = useTheme.getState();
  const { language: spoken } = useLanguage.getState();
  const icons = { system: 'system', light: 'sun', dark: 'moon' } as const;
  return [
    ...themes
      .filter((theme) => theme !== chosen)
      .map((theme) => ({
        id: `theme.${theme}`,
        label: t('palette.theme', { theme: t(`theme.${theme}`) }),
        icon: icons[theme],
        run: () => setTheme(theme),
      })),
    ...languages
      .filter((language) => language !== spoken)
      .map((language) => ({
        id: `language.${language}`,
        label: t('palette.language', { language: languageNames[language] }),
        run: () => void setLanguage(language).catch(report),
      })),
    { id: 'keys', label: t('keys.title'), icon: 'keyboard', key: '?', run: showKeys },
  ];
}

/** What runs first, then the latest. */
function otherBatches(shown: number | undefined): Action[] {
  return [...useBatches.getState().batches.values()]
    .filter(({ id }) => id !== shown)
    .sort((a, b) => Number(hasEnded(a.state)) - Number(hasEnded(b.state)) || b.createdAt - a.createdAt)
    .map(({ id, name }) => ({
      id: `open.${id}`,
      label: name,
      icon: 'folder',
      run: () => go({ screen: 'batch', batch: id, tab: 'tasks' }),
    }));
}
