import { useMemo, useState } from 'react';
import { t } from '../words/t.ts';
import { readable, shownCharacters } from './value-text.ts';
import './value-view.css';

/** An input or a result, cut where it is very long until one asks for all of it. */
export function ValueView({ json }: { json: string }) {
  const [all, setAll] = useState(false);
  const { text, isText } = useMemo(() => readable(json), [json]);
  const cut = !all && text.length > shownCharacters;
  if (isText && text === '') return <p className="quiet">{t('value.empty')}</p>;
  return (
    <>
      <pre className={isText ? 'mono value value-text' : 'mono value'}>
        {cut ? text.slice(0, shownCharacters) : text}
      </pre>
      {cut && (
        <button type="button" className="value-more" onClick={() => setAll(true)}>
          {t('value.show-all', { count: text.length })}
        </button>
      )}
    </>
  );
}
