import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import { Button } from '../parts/button.tsx';
import { MenuButton } from '../parts/menu.tsx';
import { PriorityItems } from '../queue/priority.tsx';
import { QueueItems } from '../queue/queue-items.tsx';
import { t } from '../words/t.ts';
import { type BatchAction, batchActions } from './batch-actions.ts';
import { BatchItems } from './batch-items.tsx';
import { ExportMenu } from './export-menu.tsx';

/** What can be done to a batch: what one came for first, the rest behind "More". */
export function BoardActions({ batch }: { batch: BatchSummary }) {
  const actions = batchActions(batch);
  return (
    <div className="board-actions">
      {actions
        .filter(({ at }) => at === 'button')
        .map((action) => (
          <ActionButton key={action.id} action={action} state={batch.state} />
        ))}
      <ExportMenu batch={batch} />
      <MenuButton bare icon="more" label={t('action.more')}>
        <BatchItems actions={actions.filter(({ at }) => at === 'menu')} />
        <QueueItems batch={batch} />
        {!hasEnded(batch.state) && <PriorityItems batch={batch} />}
      </MenuButton>
    </div>
  );
}

function ActionButton({ action, state }: { action: BatchAction; state: BatchSummary['state'] }) {
  const { id, label, short, icon, key, tip, run } = action;
  return (
    <Button
      look={lookOf(id, state)}
      icon={icon}
      title={tip}
      aria-keyshortcuts={key?.toLowerCase()}
      onClick={run}
    >
      {short ?? label}
    </Button>
  );
}

/** To do what was left undone is the main thing after an interruption, and a possibility after a cancel. */
function lookOf(id: string, state: BatchSummary['state']): 'main' | 'ghost' | 'plain' {
  if (id !== 'batch.finish') return 'plain';
  return state === 'canceled' ? 'ghost' : 'main';
}
