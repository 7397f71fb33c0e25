import type { ErrorInfo, ErrorPlace } from '../../shared/errors.ts';
import { said } from '../words/said.ts';
import { t } from '../words/t.ts';
import { CopyButton } from './copy-button.tsx';
import { lastOutputOf, otherFields } from './how.ts';
import './error-block.css';

/** An error in full: what happened, where, the stack folded, and what caused it. */
export function ErrorBlock({
  title,
  error,
  stackOpen,
  quiet,
}: {
  title?: string;
  error: ErrorInfo;
  stackOpen?: boolean;
  /** For what is no problem: a task that was canceled. */
  quiet?: boolean;
}) {
  const ours = error.name === 'PoolboardError';
  // A stack that says no more than the message is not shown again.
  const stack = ours || error.stack?.trim() === `${error.name}: ${error.message}`.trim() ? null : error.stack;
  const lastOutput = lastOutputOf(error);
  const fields = otherFields(error);
  return (
    <div className={quiet ? 'error-block error-block-quiet' : 'error-block'}>
      <div className="error-head">
        <div className="error-said">
          {title && <div className="error-title">{title}</div>}
          <p className="error-message">
            {!ours && <span className="error-name">{error.name}: </span>}
            {ours ? said(error.message) : error.message}
          </p>
          {error.place && <p className="mono quiet error-place">{placeText(error.place)}</p>}
        </div>
        <CopyButton label={t('error.copy')} text={() => textOf(error)} />
      </div>
      {lastOutput !== null && (
        <div className="error-output">
          <div className="quiet">{t('error.last-output')}</div>
          <pre className="mono error-stack">{lastOutput}</pre>
        </div>
      )}
      {fields && <pre className="mono error-stack">{JSON.stringify(fields, null, 2)}</pre>}
      {stack && (
        <details open={stackOpen}>
          <summary>{t('error.stack')}</summary>
          <pre className="mono error-stack">{stack}</pre>
        </details>
      )}
      {error.cause && (
        <div className="error-cause">
          <ErrorBlock title={t('error.cause')} error={error.cause} />
        </div>
      )}
    </div>
  );
}

/** A place as editors and terminals understand it: `file:line:column`. */
export const placeText = ({ file, line, column }: ErrorPlace): string =>
  [file, line, column].filter((part) => part !== undefined).join(':');

function textOf(error: ErrorInfo): string {
  const head = error.stack ?? `${error.name}: ${error.message}`;
  const place = error.place ? `\n${placeText(error.place)}` : '';
  const lastOutput = lastOutputOf(error);
  const output = lastOutput === null ? '' : `\n\n${t('error.last-output')}\n${lastOutput}`;
  return head + place + output + (error.cause ? `\n\n${t('error.cause')}\n${textOf(error.cause)}` : '');
}
