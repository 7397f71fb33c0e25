import { useHost } from '../state/host.ts';
import { said } from '../words/said.ts';
import { t } from '../words/t.ts';
import { edit, useDraft } from './draft-state.ts';
import './builtins.css';

/** The built-in tasks, each with its one sentence. */
export function Builtins() {
  const builtins = useHost((state) => state.builtins);
  const chosen = useDraft((state) => state.draft.builtin);
  return (
    <fieldset className="builtins wide">
      <legend className="hidden-text">{t('task.builtin')}</legend>
      {builtins.map(({ name, summary, definition }) => (
        <label key={name} className="builtin" title={said(summary ?? '')}>
          <input
            type="radio"
            name="builtin"
            value={name}
            checked={definition.kind === 'builtin' && definition.name === chosen}
            onChange={() => definition.kind === 'builtin' && edit({ builtin: definition.name })}
          />
          <span className="builtin-name">{name}</span>
          <span className="builtin-summary">{said(summary ?? '')}</span>
        </label>
      ))}
    </fieldset>
  );
}
