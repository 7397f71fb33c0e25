import { Segments } from '../parts/segments.tsx';
import { t } from '../words/t.ts';
import { Builtins } from './builtins.tsx';
import { Description } from './description.tsx';
import type { Draft } from './draft.ts';
import { edit, useDraft } from './draft-state.ts';
import { Guess } from './guess.tsx';
import { PartView } from './part.tsx';
import { PickButton } from './pick-button.tsx';
import { taskFileId } from './trust.tsx';

/** "Do this": a built-in task, a task file or a command, with its parameters. */
export function TaskPart() {
  const kind = useDraft((state) => state.draft.task);
  return (
    <PartView part="task" title={t('new.task')}>
      <Segments<Draft['task']>
        label={t('new.task')}
        value={kind}
        onChange={(task) => edit({ task })}
        choices={[
          { value: 'builtin', label: t('task.builtin') },
          { value: 'file', label: t('task.file') },
          { value: 'command', label: t('task.command') },
        ]}
      />
      <Guess about="task" />
      {kind === 'builtin' && <Builtins />}
      {kind === 'file' && <TaskFile />}
      {kind === 'command' && <Command />}
      <Description />
    </PartView>
  );
}

function TaskFile() {
  const file = useDraft((state) => state.draft.file);
  return (
    <>
      <div className="field-row wide" data-drop="task">
        <PickButton what="task" label={t('task.pick')} icon="file" />
        <input
          id={taskFileId}
          className="field mono grow"
          aria-label={t('task.path')}
          placeholder={t('task.path-hint')}
          value={file}
          spellCheck={false}
          onChange={(event) => edit({ file: event.target.value }, true)}
        />
      </div>
      {file === '' && <p className="hint">{t('task.file-hint')}</p>}
    </>
  );
}

function Command() {
  const command = useDraft((state) => state.draft.command);
  return (
    <>
      <input
        className="field field-wide mono"
        aria-label={t('task.command')}
        placeholder={t('task.command-example', { braces: '{}' })}
        value={command}
        spellCheck={false}
        onChange={(event) => edit({ command: event.target.value }, true)}
      />
      <p className="hint">{t('task.command-hint', { braces: '{}' })}</p>
    </>
  );
}
