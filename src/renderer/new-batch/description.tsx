import type { DefinitionDescription } from '../../shared/definition.ts';
import { t } from '../words/t.ts';
import { checkAgain, edit, useDraft } from './draft-state.ts';
import { ParamsForm } from './params-form.tsx';
import { Problem } from './part.tsx';
import { Trust } from './trust.tsx';
import { useCommands } from './use-commands.ts';

/** What the chosen task says of itself, with its parameters as a form; or why it cannot start. */
export function Description() {
  const description = useDraft((state) => state.description);
  const commands = useCommands();
  if (description.state === 'nothing') return null;
  if (description.state === 'refused') {
    const { error } = description;
    // It is said already, where the commands would stand.
    if (commands?.problem === error.message) return null;
    return error.code === 'NOT_TRUSTED' ? <Trust /> : <Problem error={error} onAgain={checkAgain} />;
  }
  const shown = description.state === 'answered' ? description.answer : description.before;
  // A command is checked with each key that is typed, and its own commands stand there already.
  if (!shown) return commands ? null : <p className="quiet">{t('task.checking')}</p>;
  const { definition, name, summary, params } = shown;
  return (
    <>
      {definition.kind !== 'builtin' && definition.kind !== 'command' && (
        <p data-testid="task-description">
          <b>{name}</b> {summary && <span className="quiet">{summary}</span>}
        </p>
      )}
      <Suggestion description={shown} />
      {Object.keys(params.properties).length > 0 && <ParamsForm schema={params} />}
    </>
  );
}

/** Inputs that suit the task better, where those chosen suit it badly and none are given yet. */
function Suggestion({ description: { takes } }: { description: DefinitionDescription }) {
  const { inputs, paths } = useDraft((state) => state.draft);
  if (inputs !== 'files' || paths.length > 0) return null;
  if (takes !== 'url' && takes !== 'number') return null;
  return (
    <p className="hint">
      {t(takes === 'url' ? 'task.takes-url' : 'task.takes-number')}{' '}
      <button
        type="button"
        className="link"
        onClick={() => edit(takes === 'url' ? { inputs: 'rows', rowsFrom: 'text' } : { inputs: 'range' })}
      >
        {t(takes === 'url' ? 'task.give-lines' : 'task.give-range')}
      </button>
    </p>
  );
}
