import { useEffect, useState } from 'react';
import type { Inspection } from '../../shared/contract.ts';
import type { ErrorInfo } from '../../shared/errors.ts';
import { client } from '../connection.ts';
import { Button } from '../parts/button.tsx';
import { report } from '../state/toasts.ts';
import { t } from '../words/t.ts';
import { infoOf } from './asked.ts';
import { definitionKey, definitionOf } from './draft.ts';
import { checkAgain, useDraft } from './draft-state.ts';
import { Problem } from './part.tsx';
import './trust.css';

/** The field that the file is named in. */
export const taskFileId = 'task-file';

/** Shows the code of a task file that has not run here before, and asks once whether it may. */
export function Trust() {
  const key = useDraft(({ draft }) => {
    const definition = definitionOf(draft);
    return definition && definitionKey(definition);
  });
  const [inspection, setInspection] = useState<Inspection | null>(null);
  const [error, setError] = useState<ErrorInfo | null>(null);

  useEffect(() => {
    if (!key) return;
    let gone = false;
    setInspection(null);
    setError(null);
    client.definitions.inspect(JSON.parse(key)).then(
      (answer) => !gone && setInspection(answer),
      (reason: unknown) => !gone && setError(infoOf(reason)),
    );
    return () => {
      gone = true;
    };
  }, [key]);

  if (error) return <Problem error={error} onAgain={checkAgain} />;
  if (!key || !inspection || inspection.file === null || inspection.code === null) return null;
  const { file, code, cut } = inspection;
  // The file may be another by now: what is shown next is what can be allowed next.
  const refused = (reason: unknown) => {
    report(reason);
    const replace = (fresh: Inspection) => setInspection((now) => (now === inspection ? fresh : now));
    client.definitions.inspect(JSON.parse(key)).then(replace, report);
  };
  return (
    <section className="trust wide" aria-label={t('trust.title')}>
      <h3>{t('trust.title')}</h3>
      <p>{t('trust.why')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it */}
      <section className="trust-code scrolls" tabIndex={0} aria-label={file}>
        <pre className="mono">{code}</pre>
      </section>
      {cut && <p className="hint">{t('trust.cut')}</p>}
      <div className="field-row">
        <Button look="main" onClick={() => void client.definitions.trust({ file, code }).then(goOn, refused)}>
          {t('trust.allow')}
        </Button>
        <span className="hint">{t('trust.once')}</span>
      </div>
    </section>
  );
}

/** The button that was pressed goes away: the keyboard stands where the file is named. */
function goOn(): void {
  checkAgain();
  document.getElementById(taskFileId)?.focus();
}
