import type { BatchSpec, BatchSummary } from '../../shared/batch.ts';
import { isCut } from '../../shared/inputs.ts';
import { client } from '../connection.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { report } from '../state/toasts.ts';
import { t } from '../words/t.ts';

/** Copies what a batch was asked to do, with all of its inputs: it can be run again from that. */
export function CopySpec({ batch }: { batch: BatchSummary }) {
  return (
    <div className="details-copy">
      <CopyButton label={t('details.copy')} text={() => wholeText(batch)} />
      <span className="quiet">{t('details.copy')}</span>
    </div>
  );
}

async function wholeText({ id, spec }: BatchSummary): Promise<string | undefined> {
  if (!isCut(spec.inputs)) return textOf(spec);
  const inputs = await client.actions.inputs({ batch: id }).catch(report);
  return inputs ? textOf({ ...spec, inputs }) : undefined;
}

const textOf = (spec: BatchSpec): string => JSON.stringify(spec, null, 2);
