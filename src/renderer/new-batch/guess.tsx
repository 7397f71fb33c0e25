import { Icon } from '../parts/icon.tsx';
import { t } from '../words/t.ts';
import { baseName } from './draft.ts';
import { useDraft } from './draft-state.ts';
import { takeOtherwise } from './dropped.ts';
import './guess.css';

/** Says what a file that was dropped alone was taken for, and offers the other way. */
export function Guess({ about }: { about: 'inputs' | 'task' }) {
  const guess = useDraft((state) => state.guess);
  if (!guess || (guess.as === 'task') !== (about === 'task')) return null;
  const name = baseName(guess.path);
  return (
    <p className="guess" role="status">
      <Icon name="file" size={14} />
      <span>{t(`guess.${guess.as}`, { name })}</span>
      <button type="button" className="link" onClick={takeOtherwise}>
        {t(guess.as === 'lines' ? 'guess.use-lines' : 'guess.use-file')}
      </button>
    </p>
  );
}
