import type { BatchSpec, BatchSummary } from '../../shared/batch.ts';
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
  const isWhole = !('given' in spec.inputs) || spec.inputs.given === undefined;
  if (isWhole) return textOf(spec);
  // The batch keeps only the first inputs with it: the others are asked for.
  const inputs = await client.actions.inputs({ batch: id }).catch(report);
  return inputs ? textOf({ ...spec, inputs }) : undefined;
}

const textOf = (spec: BatchSpec): string => JSON.stringify(spec, null, 2);
