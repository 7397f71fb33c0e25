import type { BatchSummary } from '../../shared/batch.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { said } from '../words/said.ts';
import { t } from '../words/t.ts';
import { resumeBatch } from './actions.ts';
import './notice.css';

/** What keeps a batch from going on for now, in the place of its figures: they stand still meanwhile. The announcer says it too. */
export function Notice({ batch }: { batch: BatchSummary }) {
  const { id, notice } = batch;
  if (!notice) return null;
  return (
    <div className="notice">
      <Icon name="warning" size={14} />
      <p>{said(notice.message)}</p>
      {notice.code === 'INPUTS_AWAY' && (
        <Button look="ghost" title={t('notice.go-on-tip')} onClick={() => resumeBatch(id)}>
          {t('notice.go-on')}
        </Button>
      )}
    </div>
  );
}
