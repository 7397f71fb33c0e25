import { useMemo } from 'react';
import type { OutputPiece } from '../../shared/task.ts';
import { Button } from '../parts/button.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { moment } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { outputBlocks } from './output-blocks.ts';
import { Section } from './section.tsx';
import './output.css';

/** What a task printed, in order, with its streams told apart by a word and a line as well as by colour. */
export function Output({ pieces, cut, onOpen }: { pieces: OutputPiece[]; cut: boolean; onOpen: () => void }) {
  const blocks = useMemo(() => outputBlocks(pieces), [pieces]);
  return (
    <Section
      title={t('panel.output')}
      action={
        <span className="output-actions">
          <Button look="ghost" onClick={onOpen}>
            {t('log.open-task')}
          </Button>
          <CopyButton label={t('panel.copy-output')} text={() => blocks.map(({ text }) => text).join('')} />
        </span>
      }
    >
      <div className="output scrolls">
        {cut && <p className="output-cut quiet">{t('output.cut')}</p>}
        {blocks.map(({ stream, text, at }, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: output only grows at its end
          <div key={position} className={`output-block output-${stream}`} title={moment(at)}>
            <span className="output-stream">{t(`output.${stream}`)}</span>
            <pre className="mono">{text}</pre>
          </div>
        ))}
      </div>
    </Section>
  );
}
