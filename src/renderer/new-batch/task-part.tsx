import { Segments } from '../parts/segments.tsx';
import { t } from '../words/t.ts';
import { Builtins } from './builtins.tsx';
import { Command } from './command.tsx';
import { Description } from './description.tsx';
import { type Draft, isPython } from './draft.ts';
import { edit, useDraft } from './draft-state.ts';
import { Guess } from './guess.tsx';
import { PartView } from './part.tsx';
import { PickButton } from './pick-button.tsx';
import { TextField } from './text-field.tsx';
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
      {file === '' ? <p className="hint">{t('task.file-hint')}</p> : <FileOptions file={file} />}
    </>
  );
}

/** What is called in the file, and what runs it; both are found where they are not said. */
function FileOptions({ file }: { file: string }) {
  const { functionName, interpreter } = useDraft((state) => state.draft);
  const description = useDraft((state) => state.description);
  const python = isPython(file.trim());
  const shown =
    description.state === 'answered'
      ? description.answer
      : description.state === 'asking'
        ? description.before
        : null;
  const used = shown?.interpreter;
  return (
    <div className="params wide">
      <TextField
        label={t('task.function')}
        placeholder={t(python ? 'task.function-python' : 'task.function-default')}
        mono
        text={functionName}
        onChange={(text) => edit({ functionName: text }, true)}
      />
      {python && (
        <TextField
          label={t('task.interpreter')}
          placeholder={t('task.interpreter-default')}
          hint={used && t('task.interpreter-used', { ...used })}
          mono
          text={interpreter}
          onChange={(text) => edit({ interpreter: text }, true)}
        />
      )}
    </div>
  );
}
