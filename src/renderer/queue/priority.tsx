import { type BatchSummary, hasEnded, priorities } from '../../shared/batch.ts';
import { MenuGroup, MenuItem } from '../parts/menu.tsx';
import { t } from '../words/t.ts';
import { setPriority } from './queue-actions.ts';
import './queue-group.css';

/** Says a priority that is not the normal one, as long as it matters. */
export function PriorityWord({ batch: { state, priority } }: { batch: BatchSummary }) {
  if (priority === 'normal' || hasEnded(state)) return null;
  return (
    <span className="priority-word" title={t('priority.tip')}>
      {t(`priority.word.${priority}`)}
    </span>
  );
}

/** The choice of a priority, in a menu. */
export function PriorityItems({ batch: { id, priority } }: { batch: BatchSummary }) {
  return (
    <MenuGroup title={t('priority.title')}>
      {priorities.toReversed().map((each) => (
        <MenuItem
          key={each}
          label={t(`priority.${each}`)}
          checked={each === priority}
          onChoose={() => setPriority(id, each)}
        />
      ))}
    </MenuGroup>
  );
}
