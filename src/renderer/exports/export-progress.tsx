import { Bar } from '../parts/bar.tsx';
import { Button } from '../parts/button.tsx';
import { count } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { cancelExport, type Exporting, useExports } from './exporting.ts';
import './export-progress.css';

/** The exports that go on, each with how far it is and a way to end it. */
export function ExportProgress() {
  const exports = useExports((state) => state.exports);
  return exports.filter(({ rows }) => rows !== null).map((each) => <Progress key={each.number} {...each} />);
}

function Progress({ number, format, rows, total }: Exporting) {
  const label = t('export.going', { format: t(`export.format.${format}`) });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div className="toast export-progress" role="group" aria-label={label}>
      <div>
        <p>{label}</p>
        <Bar share={total ? rows! / total : 0} label={label} />
        <p className="quiet">
          {total === null ? t('export.counting') : t('export.rows', { rows: count(rows!), count: total })}
        </p>
      </div>
      <Button onClick={() => cancelExport(number)}>{t('export.cancel')}</Button>
    </div>
  );
}
