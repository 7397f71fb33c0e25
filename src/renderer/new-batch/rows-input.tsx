import { Segments } from '../parts/segments.tsx';
import { t } from '../words/t.ts';
import type { Draft } from './draft.ts';
import { edit, useDraft } from './draft-state.ts';
import { PickButton } from './pick-button.tsx';

/** Lines of a text or rows of a table: from a file, or pasted. */
export function RowsInput() {
  const { rowsFrom, rowsFile, rowsText } = useDraft((state) => state.draft);
  return (
    <>
      <Segments<Draft['rowsFrom']>
        small
        label={t('rows.from')}
        value={rowsFrom}
        onChange={(from) => edit({ rowsFrom: from })}
        choices={[
          { value: 'text', label: t('rows.pasted') },
          { value: 'file', label: t('rows.file') },
        ]}
      />
      {rowsFrom === 'text' ? (
        <textarea
          className="field field-wide mono wide"
          aria-label={t('rows.text')}
          placeholder={t('rows.text-hint')}
          value={rowsText}
          spellCheck={false}
          onChange={(event) => edit({ rowsText: event.target.value }, true)}
        />
      ) : (
        <div className="field-row wide" data-drop="rows">
          <PickButton what="rows" label={t('rows.pick')} icon="file" />
          <input
            className="field mono grow"
            aria-label={t('rows.path')}
            placeholder={t('rows.path-hint')}
            value={rowsFile}
            spellCheck={false}
            onChange={(event) => edit({ rowsFile: event.target.value }, true)}
          />
        </div>
      )}
    </>
  );
}
