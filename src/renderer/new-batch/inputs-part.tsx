import { Segments } from '../parts/segments.tsx';
import { t } from '../words/t.ts';
import type { Draft } from './draft.ts';
import { edit, useDraft } from './draft-state.ts';
import { FilesInput } from './files-input.tsx';
import { GivenInput } from './given-input.tsx';
import { Guess } from './guess.tsx';
import { PartView } from './part.tsx';
import { Preview } from './preview.tsx';
import { RangeInput } from './range-input.tsx';
import { RowsInput } from './rows-input.tsx';
import { UploadLine } from './upload-line.tsx';
import { WatchInput } from './watch-input.tsx';

/** "These inputs": where they come from, and the first of them as the task will receive them. */
export function InputsPart() {
  const kind = useDraft((state) => state.draft.inputs);
  const hasGiven = useDraft((state) => state.draft.given !== null);
  return (
    <PartView part="inputs" title={t('new.inputs')}>
      <Segments<Draft['inputs']>
        label={t('new.inputs')}
        value={kind}
        onChange={(inputs) => edit({ inputs })}
        choices={[
          { value: 'files', label: t('inputs.files') },
          { value: 'rows', label: t('inputs.rows') },
          { value: 'range', label: t('inputs.range') },
          { value: 'watch', label: t('inputs.watch') },
          ...(hasGiven ? [{ value: 'given' as const, label: t('given.title') }] : []),
        ]}
      />
      <Guess about="inputs" />
      {kind === 'files' && <FilesInput />}
      {kind === 'rows' && <RowsInput />}
      {kind === 'range' && <RangeInput />}
      {kind === 'watch' && <WatchInput />}
      {kind === 'given' && <GivenInput />}
      <UploadLine />
      <Preview />
    </PartView>
  );
}
