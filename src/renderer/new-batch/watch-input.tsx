import { client } from '../connection.ts';
import { Button } from '../parts/button.tsx';
import { useHost } from '../state/host.ts';
import { report } from '../state/toasts.ts';
import { t } from '../words/t.ts';
import type { Draft } from './draft.ts';
import { edit, useDraft } from './draft-state.ts';
import { nativeDialogs } from './dropped.ts';
import './watch-input.css';

type Watched = Draft['watch'];

const change = (part: Partial<Watched>, typing = false): void =>
  edit({ watch: { ...useDraft.getState().draft.watch, ...part } }, typing);

/** A folder whose new files become tasks, for as long as the batch is not finished. */
export function WatchInput() {
  const watch = useDraft((state) => state.draft.watch);
  const canPick = useHost(({ info }) => nativeDialogs(info));
  return (
    <>
      <div className="field-row wide" data-drop="watch">
        {canPick && (
          <Button icon="folder" onClick={pickFolder}>
            {t('inputs.pick-folder')}
          </Button>
        )}
        <input
          className="field mono grow"
          aria-label={t('watch.folder')}
          placeholder={t(canPick ? 'watch.folder-hint' : 'watch.folder-hint-web')}
          value={watch.folder}
          spellCheck={false}
          onChange={(event) => change({ folder: event.target.value }, true)}
        />
        <label className="field-row">
          {t('watch.pattern')}
          <input
            className="field field-number mono"
            placeholder={t('watch.pattern-all')}
            value={watch.pattern}
            spellCheck={false}
            onChange={(event) => change({ pattern: event.target.value }, true)}
          />
        </label>
      </div>
      <div className="field-row watch-which">
        <Check name="existing" watch={watch} label={t('watch.existing')} />
        <Check name="hidden" watch={watch} label={t('inputs.hidden')} />
      </div>
      <p className="hint">{t('watch.hint')}</p>
    </>
  );
}

function Check({ name, watch, label }: { name: 'existing' | 'hidden'; watch: Watched; label: string }) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={watch[name]}
        onChange={(event) => change({ [name]: event.target.checked })}
      />
      {label}
    </label>
  );
}

function pickFolder(): void {
  client.host.pick({ what: 'folder' }).then(([folder]) => {
    if (folder !== undefined) change({ folder });
  }, report);
}
