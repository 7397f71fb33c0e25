import { type CSSProperties, memo, type ReactNode } from 'react';
import { count, moment } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { type Styled, styled } from './ansi.ts';
import type { LogLine } from './log-lines.ts';
import { filterLog } from './log-state.ts';
import { timeOfDay } from './time-of-day.ts';

interface LogLineProps {
  line: LogLine;
  /** The line's own, which grows while it has no end. */
  text: string;
  search: string;
  isTarget: boolean;
  times: boolean;
  dark: boolean;
  /** All lines are of one task. */
  ofOne: boolean;
}

/** One line: who printed it, when, where to, and what. */
export const LogLineView = memo(function LogLineView(props: LogLineProps) {
  const { line, text, search, isTarget, times, dark, ofOne } = props;
  const { index, worker, stream, at, before } = line;
  return (
    <div
      className={`log-line log-${stream}`}
      data-target={isTarget || undefined}
      data-piece={line.piece}
      data-line={line.line}
    >
      {times && (
        <time className="log-time" dateTime={new Date(at).toISOString()} title={moment(at)}>
          {timeOfDay(at)}
        </time>
      )}
      {!ofOne && (
        <button
          type="button"
          tabIndex={-1}
          className="log-task"
          title={t('log.only-task', { index: count(index) })}
          onClick={() => filterLog({ task: index })}
        >
          {count(index)}
        </button>
      )}
      <span className="log-worker" title={worker === null ? undefined : t('log.worker', { number: worker })}>
        {worker ?? ''}
      </span>
      <span className="log-stream">{t(`output.${stream}`)}</span>
      <span className="log-text">{partsOf(text, before, dark, search)}</span>
    </div>
  );
});

function partsOf(text: string, before: string, dark: boolean, search: string): ReactNode {
  return styled(text, before, dark).map((part, at) => {
    const content = search === '' ? part.text : marked(part.text, search);
    return isPlain(part) ? (
      content
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line stay in their order
      <span key={at} className={part.colour ? `ansi-${part.colour}` : undefined} style={styleOf(part)}>
        {content}
      </span>
    );
  });
}

const isPlain = ({ text: _, ...style }: Styled): boolean =>
  Object.values(style).every((value) => value === null || value === false);

function styleOf({ ink, back, bold, dim, italic, underline, strike }: Styled): CSSProperties {
  const lines = [underline && 'underline', strike && 'line-through'].filter(Boolean).join(' ');
  return {
    color: ink ?? (dim ? 'var(--ink-2)' : undefined),
    background: back ?? undefined,
    fontWeight: bold ? 600 : undefined,
    fontStyle: italic ? 'italic' : undefined,
    textDecoration: lines || undefined,
  };
}

/** A text with what is looked for marked, ignoring case. */
function marked(text: string, search: string): ReactNode {
  const lower = text.toLowerCase();
  const wanted = search.toLowerCase();
  // A few letters are longer in lower case: then places in the one are none in the other.
  if (lower.length !== text.length || !lower.includes(wanted)) return text;
  const parts: ReactNode[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    if (at > from) parts.push(text.slice(from, at));
    from = at + wanted.length;
    parts.push(<mark key={at}>{text.slice(at, from)}</mark>);
  }
  parts.push(text.slice(from));
  return parts;
}
