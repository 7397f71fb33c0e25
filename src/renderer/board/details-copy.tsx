import { useState } from 'react';
import type { BatchSpec, BatchSummary } from '../../shared/batch.ts';
import { client } from '../connection.ts';
import { IconButton } from '../parts/button.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { report, toast } from '../state/toasts.ts';
import { t } from '../words/t.ts';

/** Copies what a batch was asked to do, with all of its inputs: it can be run again from that. */
export function CopySpec({ batch: { id, spec } }: { batch: BatchSummary }) {
  const isWhole = !('given' in spec.inputs) || spec.inputs.given === undefined;
  return (
    <div className="details-copy">
      {isWhole ? (
        <CopyButton label={t('details.copy')} text={() => textOf(spec)} />
      ) : (
        <CopyWhole id={id} spec={spec} />
      )}
      <span className="quiet">{t('details.copy')}</span>
    </div>
  );
}

const textOf = (spec: BatchSpec): string => JSON.stringify(spec, null, 2);

/** As the other one, where the batch keeps only the first inputs with it: the others are asked for. */
function CopyWhole({ id, spec }: Pick<BatchSummary, 'id' | 'spec'>) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    const inputs = await client.actions.inputs({ batch: id }).catch(report);
    if (!inputs) return;
    try {
      await navigator.clipboard.writeText(textOf({ ...spec, inputs }));
      setDone(true);
      setTimeout(() => setDone(false), 1500);
    } catch {
      toast('error', t('copy.failed'));
    }
  };
  return (
    <IconButton
      icon={done ? 'check' : 'copy'}
      label={done ? t('copy.done') : t('details.copy')}
      onClick={() => void copy()}
    />
  );
}
