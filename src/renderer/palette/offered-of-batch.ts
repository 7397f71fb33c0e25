import { type BatchSummary, hasEnded, priorities } from '../../shared/batch.ts';
import { exportFormats } from '../../shared/contract.ts';
import { exportTo } from '../exports/exporting.ts';
import type { Action } from '../keys/action.ts';
import { setPriority, stepQueued } from '../queue/queue-actions.ts';
import { queueOf } from '../queue/queue-order.ts';
import { useBatches } from '../state/batches.ts';
import { go, type Tab, tabs } from '../state/place.ts';
import { plainQuery } from '../table/table-state.ts';
import { t } from '../words/t.ts';

/** The tabs of a batch but the one that is shown. */
export function tabsOf(batch: BatchSummary, shown: Tab): Action[] {
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

/** All that a batch can be exported as. */
export const exportsOf = (batch: BatchSummary): Action[] =>
  exportFormats.map((format) => ({
    id: `export.${format}`,
    label: t('export.item', {
      what: t('export.all', { count: batch.total }),
      format: t(`export.format.${format}`),
    }),
    icon: 'download',
    run: () => void exportTo({ batch: batch.id, format, query: plainQuery }),
  }));

/** Where a batch that has not ended stands among the others. */
export function queueActions({ id, state, priority }: BatchSummary): Action[] {
  const order = queueOf(useBatches.getState().batches).map((batch) => batch.id);
  const at = order.indexOf(id);
  const steps = state === 'queued' && order.length > 1 ? (['first', 'up', 'down'] as const) : [];
  const icons = { first: 'first', up: 'up', down: 'down' } as const;
  return [
    ...steps
      .filter((step) => (step === 'down' ? at < order.length - 1 : at > 0))
      .map((step) => ({
        id: `queue.${step}`,
        label: t(`queue.${step}`),
        icon: icons[step],
        run: () => stepQueued(id, step),
      })),
    ...(hasEnded(state) ? [] : priorities.toReversed())
      .filter((each) => each !== priority)
      .map((each) => ({
        id: `priority.${each}`,
        label: t('palette.priority', { priority: t(`priority.${each}`) }),
        run: () => setPriority(id, each),
      })),
  ];
}
