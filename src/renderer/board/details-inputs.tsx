import { givenCount, type InputSource, rangeLength } from '../../shared/inputs.ts';
import { t } from '../words/t.ts';
import { Line } from './details-line.tsx';

/** Paths or values that are shown of a long list. */
const shown = 20;

/** An input source in words. */
export function Inputs({ source }: { source: InputSource }) {
  switch (source.kind) {
    case 'files':
      return (
        <Values
          name={t('source.paths', { count: givenCount(source) })}
          values={source.paths}
          count={givenCount(source)}
        />
      );
    case 'range': {
      const { from, to, step } = source;
      const text = t('source.range-text', { from: String(from), to: String(to), step: String(step) });
      return <Line name={t('source.range', { count: rangeLength(source) })}>{text}</Line>;
    }
    case 'rows':
      return (
        <Line name={t('source.rows')}>
          <span className="mono">{source.file}</span>
        </Line>
      );
    case 'watch':
      return (
        <Line name={t('source.watch')}>
          <span className="mono">{source.folder}</span>
          {source.pattern !== undefined && (
            <span className="quiet"> {t('source.watch-pattern', { pattern: source.pattern })}</span>
          )}
        </Line>
      );
    case 'list':
      return (
        <Values
          name={t('source.list', { count: givenCount(source) })}
          values={source.values
            .slice(0, shown + 1)
            .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))}
          count={givenCount(source)}
        />
      );
    default:
      return source.sources.map((each, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the sources of a batch never change
        <Inputs key={position} source={each} />
      ));
  }
}

function Values({ name, values, count }: { name: string; values: string[]; count: number }) {
  return (
    <Line name={name}>
      <ul className="mono details-values">
        {values.slice(0, shown).map((value, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the values of a batch never change, and may repeat
          <li key={position}>{value}</li>
        ))}
      </ul>
      {count > shown && <span className="quiet">{t('source.more', { count: count - shown })}</span>}
    </Line>
  );
}
