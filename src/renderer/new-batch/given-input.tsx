import { t } from '../words/t.ts';
import { useDraft } from './draft-state.ts';

/** Inputs that were taken over from another batch as they are. */
export function GivenInput() {
  const given = useDraft((state) => state.draft.given);
  if (!given) return null;
  return <p className="wide">{t('given.of', { count: given.count, name: given.name })}</p>;
}
