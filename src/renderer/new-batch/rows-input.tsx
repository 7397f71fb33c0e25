import { Button } from '../parts/button.tsx';
import { Segments } from '../parts/segments.tsx';
import { bytes } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { type Draft, linesOf } from './draft.ts';
import { edit, useDraft } from './draft-state.ts';
import { PickButton } from './pick-button.tsx';
import { TablePart } from './table-part.tsx';

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
      {rowsFrom === 'text' ? <PastedText text={rowsText} /> : <RowsFile file={rowsFile} />}
    </>
  );
}

function RowsFile({ file }: { file: string }) {
  return (
    <>
      <div className="field-row wide" data-drop="rows">
        <PickButton what="rows" label={t('rows.pick')} icon="file" />
        <input
          className="field mono grow"
          aria-label={t('rows.path')}
          placeholder={t('rows.path-hint')}
          value={file}
          spellCheck={false}
          onChange={(event) => edit({ rowsFile: event.target.value }, true)}
        />
      </div>
      {file !== '' && <TablePart />}
    </>
  );
}

/** A longer text is not put into a field: Chromium takes minutes to lay 50,000 lines out in one. */
const maxFieldCharacters = 200_000;

function PastedText({ text }: { text: string }) {
  if (text.length > maxFieldCharacters) {
    return (
      <div className="field-row">
        <span>{t('rows.long-text', { count: linesOf(text).length, bytes: bytes(text.length) })}</span>
        <Button onClick={() => edit({ rowsText: '' })}>{t('rows.clear')}</Button>
      </div>
    );
  }
  return (
    <textarea
      className="field field-wide mono wide"
      aria-label={t('rows.text')}
      placeholder={t('rows.text-hint')}
      value={text}
      spellCheck={false}
      wrap="off"
      onChange={(event) => edit({ rowsText: event.target.value }, true)}
      onPaste={(event) => {
        const pasted = event.clipboardData.getData('text/plain');
        if (pasted.length <= maxFieldCharacters) return;
        event.preventDefault();
        edit({ rowsText: text === '' ? pasted : `${text}\n${pasted}` });
      }}
    />
  );
}
