import { useEffect, useId, useState } from 'react';
import { type BatchSummary, hasEnded } from '../../shared/batch.ts';
import type { ErrorExample, ErrorGroup } from '../../shared/contract/errors.ts';
import { retryTasks } from '../board/actions.ts';
import { client } from '../connection.ts';
import { ValueView } from '../panel/value-view.tsx';
import { Button } from '../parts/button.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { ErrorBlock, placeText } from '../parts/error-block.tsx';
import { Icon } from '../parts/icon.tsx';
import { Moment } from '../parts/moment.tsx';
import { report } from '../state/toasts.ts';
import { count, percent } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { asMarkdown } from './as-markdown.ts';
import { queryOf, showGroup } from './errors-state.ts';

interface ErrorGroupProps {
  batch: BatchSummary;
  group: ErrorGroup;
  number: number;
  /** Of all that failed, 0 to 1. */
  share: number;
  open: boolean;
  onOpen: () => void;
}

/** One group: what went wrong, how often, where and when; opened, an example of it. */
export function ErrorGroupView({ batch, group, number, share, open, onOpen }: ErrorGroupProps) {
  const body = useId();
  const example = useExample(batch, group, open);
  return (
    <li className="error-group" data-group={group.key}>
      <div className="error-group-row">
        <button
          type="button"
          className="error-group-head"
          aria-expanded={open}
          aria-controls={open ? body : undefined}
          onClick={onOpen}
        >
          <span className={open ? 'error-group-fold error-group-open' : 'error-group-fold'}>
            <Icon name="chevron" size={12} />
          </span>
          <span className="error-group-number quiet">{number}</span>
          <span className="error-group-count">
            <b>{count(group.count)}</b>
            <span className="error-group-bar" aria-hidden="true">
              <span style={{ width: `${Math.max(2, share * 100)}%` }} />
            </span>
          </span>
          <span className="error-group-what">
            <span className="error-group-title" title={`${group.name}: ${group.message}`}>
              {group.outcome !== 'error' && (
                <span className="error-group-outcome">{t(`outcome.${group.outcome}`)}</span>
              )}
              <b>{group.name}</b> {group.message}
            </span>
            <Facts group={group} />
          </span>
        </button>
        <div className="error-group-actions">
          <Button look="ghost" onClick={() => showGroup(batch.id, group)}>
            {t('errors.show', { count: group.count })}
          </Button>
          {hasEnded(batch.state) && (
            <Button icon="retry" onClick={() => retryTasks(batch.id, { query: queryOf(group.key) })}>
              {t('errors.retry', { count: group.count })}
            </Button>
          )}
          <CopyButton label={t('errors.copy')} text={() => `${asMarkdown(group, example)}\n`} />
        </div>
      </div>
      {open && (
        <div className="error-group-body" id={body}>
          {example && <Example example={example} />}
        </div>
      )}
    </li>
  );
}

function Facts({ group }: { group: ErrorGroup }) {
  const { code, place, firstAt, lastAt, retried, recovered, input } = group;
  return (
    <span className="error-group-facts quiet">
      {place && (
        <span className="mono" title={placeText(place)}>
          {shortPlace(placeText(place))}
        </span>
      )}
      {code !== null && <span className="mono">{code}</span>}
      {firstAt !== null && lastAt !== null && (
        <span>
          <Moment at={firstAt} />
          {lastAt - firstAt >= 1000 && (
            <>
              {' – '}
              <Moment at={lastAt} />
            </>
          )}
        </span>
      )}
      {retried > 0 && (
        <span title={t('errors.recovered-tip')}>
          {t('errors.recovered', { count: retried, recovered: percent(recovered / retried) })}
        </span>
      )}
      <span className="error-group-input mono" title={input}>
        {input}
      </span>
    </span>
  );
}

function Example({ example: { index, input, error } }: { example: ErrorExample }) {
  return (
    <>
      <h3>{t('errors.example', { index: count(index) })}</h3>
      <ValueView json={input} />
      {error && <ErrorBlock error={error} stackOpen />}
    </>
  );
}

/** A file without its folder, and the line. */
const shortPlace = (place: string): string => place.split(/[\\/]/).at(-1)!;

/** The first task of a group, once its group is opened. */
function useExample(batch: BatchSummary, { key, index }: ErrorGroup, open: boolean): ErrorExample | null {
  const [example, setExample] = useState<ErrorExample | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another first task is another example
  useEffect(() => {
    if (!open) return;
    let wanted = true;
    client.errors.example({ batch: batch.id, group: key }).then(
      (found) => wanted && setExample(found),
      (error) => wanted && report(error),
    );
    return () => {
      wanted = false;
    };
  }, [batch.id, key, index, open]);
  return example;
}
