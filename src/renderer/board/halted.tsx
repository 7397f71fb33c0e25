import type { BatchSummary } from '../../shared/batch.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { plainQuery } from '../table/table-state.ts';
import { haltReason } from '../words/option-words.ts';
import { t } from '../words/t.ts';
import { retryTasks } from './actions.ts';
import './notice.css';

/** Why a batch ended before its tasks did, and the way to do the rest. */
export function Halted({ batch }: { batch: BatchSummary }) {
  const { id, spec, counts } = batch;
  const { halt } = spec.options;
  return (
    <div className="notice halted">
      <Icon name="finish" size={14} />
      <p>
        {halt
          ? t('halted.by', { reason: haltReason(halt), count: counts.skipped })
          : t('halted.plain', { count: counts.skipped })}
      </p>
      <Button look="ghost" onClick={() => retryTasks(id, { query: { ...plainQuery, filter: 'skipped' } })}>
        {t('halted.run-rest', { count: counts.skipped })}
      </Button>
    </div>
  );
}
