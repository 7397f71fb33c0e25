import type { BatchId } from '../../shared/task.ts';
import { client } from '../connection.ts';
import { batchNow } from '../state/batches.ts';
import { go } from '../state/place.ts';
import { report, toast } from '../state/toasts.ts';
import { t } from '../words/t.ts';
import { inputsDraft, settingsDraft } from './draft-of.ts';
import { edit, lookAgain, useDraft } from './draft-state.ts';

/** Opens "New batch" with the settings and all inputs of a batch. */
export async function duplicate(id: BatchId): Promise<void> {
  const batch = batchNow(id);
  if (!batch) return;
  const { name, spec, total } = batch;
  try {
    const inputs = await client.actions.inputs({ batch: id });
    edit({
      ...settingsDraft(spec, useDraft.getState().draft),
      ...inputsDraft(inputs, name, total),
      name: spec.name ?? '',
    });
    useDraft.setState({ guess: null });
    lookAgain();
    go({ screen: 'new' });
    toast('info', t('actions.duplicated', { name }));
  } catch (error) {
    report(error);
  }
}
