import { type BatchSummary, hasEnded, maxWorkers } from '../../shared/batch.ts';
import { exportFormats } from '../../shared/contract.ts';
import { exportTo } from '../exports/exporting.ts';
import { batchActions } from '../board/batch-actions.ts';
import { client } from '../connection.ts';
import type { Action } from '../keys/action.ts';
import { historySearchId, searchId } from '../keys/ids.ts';
import { showKeys } from '../keys/key-list.tsx';
import { batchNow, useBatches } from '../state/batches.ts';
import { useHost } from '../state/host.ts';
import { go, tabs, usePlace } from '../state/place.ts';
import { setTheme, themes, useTheme } from '../state/theme.ts';
import { report } from '../state/toasts.ts';
import { plainQuery } from '../table/table-state.ts';
import { languageNames, languages, setLanguage, useLanguage } from '../words/language.ts';
import { t } from '../words/t.ts';

const groups = ['batch', 'export', 'go', 'open', 'pool', 'window'] as const;
/** Where an action belongs, said beside it. */
export type Group = (typeof groups)[number];

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
    ...(batch ? inGroup('batch', batchActions(batch)) : []),
    ...(batch && place?.screen === 'batch' ? inGroup('go', tabsOf(batch, place.tab)) : []),
    ...inGroup('go', placesNow(place?.screen)),
    ...(batch && batch.total > 0 ? inGroup('export', exportsOf(batch)) : []),
    ...inGroup('pool', poolSizes(typed)),
    ...inGroup('window', windowActions()),
    ...inGroup('open', otherBatches(batch?.id)),
  ];
}

const inGroup = (group: Group, actions: Action[]): Offered[] =>
  actions.map((action) => ({ ...action, group }));

function tabsOf(batch: BatchSummary, shown: string): Action[] {
  return tabs.flatMap((tab, position) =>
    tab === shown
      ? []
      : [
          {
            id: `tab.${tab}`,
            label: t(`tab.${tab}`),
            icon: 'chevron' as const,
            key: String(position + 1),
            run: () => go({ screen: 'batch', batch: batch.id, tab }),
          },
        ],
  );
}

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

const exportsOf = (batch: BatchSummary): Action[] =>
  exportFormats.map((format) => ({
    id: `export.${format}`,
    label: t('export.item', {
      what: t('export.all', { count: batch.total }),
      format: t(`export.format.${format}`),
    }),
    icon: 'download',
    run: () => void exportTo({ batch: batch.id, format, query: plainQuery }),
  }));

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
