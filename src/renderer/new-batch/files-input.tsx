import { useState } from 'react';
import { IconButton } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { useHost } from '../state/host.ts';
import { t } from '../words/t.ts';
import { baseName } from './draft.ts';
import { edit, keepTypedPath, removePath, useDraft } from './draft-state.ts';
import { PickButton } from './pick-button.tsx';
import './files-input.css';

/** Files, folders and globs: dropped, picked or typed. */
export function FilesInput() {
  const paths = useDraft((state) => state.draft.paths);
  const typed = useDraft((state) => state.draft.typedPath);
  const hidden = useDraft((state) => state.draft.hidden);
  return (
    <>
      {paths.length === 0 ? <DropZone /> : <PathList paths={paths} />}
      <div className="field-row wide">
        <PickButton what="files" label={t('inputs.pick-files')} icon="file" />
        <PickButton what="folder" label={t('inputs.pick-folder')} icon="folder" />
        <input
          className="field mono grow"
          aria-label={t('inputs.typed')}
          placeholder={t('inputs.typed-hint')}
          value={typed}
          spellCheck={false}
          onChange={(event) => edit({ typedPath: event.target.value }, true)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) keepTypedPath();
          }}
        />
      </div>
      {(paths.length > 0 || typed !== '') && (
        <label className="check">
          <input
            type="checkbox"
            checked={hidden}
            onChange={(event) => edit({ hidden: event.target.checked })}
          />
          {t('inputs.hidden')}
        </label>
      )}
    </>
  );
}

function DropZone() {
  return (
    <div className="drop-zone wide">
      <Icon name="drop" size={20} />
      {t('inputs.drop')}
    </div>
  );
}

/** True for what the web host keeps of a drop: where it lies means nothing to the person who dropped it. */
const isUploaded = (path: string): boolean => {
  const { info } = useHost.getState();
  return info?.host === 'web' && path.startsWith(info.dataDir) && /[/\\]uploads[/\\]/.test(path);
};

/** Paths that are listed until one asks for all. */
const shownAtFirst = 6;

function PathList({ paths }: { paths: string[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? paths : paths.slice(0, shownAtFirst);
  const more = paths.length - shown.length;
  return (
    <div className="path-list wide">
      <ul className="scrolls" aria-label={t('inputs.list')}>
        {shown.map((path) => (
          <li key={path} className="path-line" title={path}>
            <span className="path-name">{baseName(path)}</span>
            <span className="path-folder mono">{isUploaded(path) ? t('inputs.uploaded') : path}</span>
            <IconButton
              icon="close"
              label={t('inputs.remove', { path: baseName(path) })}
              onClick={() => removePath(path)}
            />
          </li>
        ))}
      </ul>
      <div className="path-foot">
        {more > 0 && (
          <button type="button" className="link" onClick={() => setAll(true)}>
            {t('inputs.show-more', { count: more })}
          </button>
        )}
        {paths.length > 1 && (
          <button type="button" className="link" onClick={() => edit({ paths: [] })}>
            {t('inputs.remove-all', { count: paths.length })}
          </button>
        )}
      </div>
    </div>
  );
}
