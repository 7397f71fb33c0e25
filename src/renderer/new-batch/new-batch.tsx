import { useEffect } from 'react';
import { PresetsMenu } from '../presets/presets-menu.tsx';
import { t } from '../words/t.ts';
import { checkAgain, submit } from './draft-state.ts';
import { InputsPart } from './inputs-part.tsx';
import { OptionsPart } from './options-part.tsx';
import { RunBar } from './run-bar.tsx';
import { Samples } from './samples.tsx';
import { TaskPart } from './task-part.tsx';
import './new-batch.css';

/** One screen that reads as a sentence: these inputs, do this, like this, run. */
export function NewBatch() {
  useEffect(() => {
    // Someone who comes back from an editor has perhaps mended what was wrong.
    window.addEventListener('focus', checkAgain);
    return () => window.removeEventListener('focus', checkAgain);
  }, []);
  return (
    <form
      className="new-batch"
      aria-label={t('sidebar.new')}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        // Enter in a field belongs to the field; with Ctrl or Cmd it runs the batch from anywhere.
        if (event.ctrlKey || event.metaKey) void submit();
        else if (!(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
      }}
    >
      <div className="new-batch-scroll scrolls">
        <div className="new-batch-parts">
          <div className="new-batch-title">
            <h1>{t('new.title')}</h1>
            <PresetsMenu />
          </div>
          <Samples />
          <InputsPart />
          <TaskPart />
          <OptionsPart />
        </div>
      </div>
      <RunBar />
    </form>
  );
}
