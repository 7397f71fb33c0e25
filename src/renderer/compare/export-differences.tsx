import { useState } from 'react';
import type { ComparisonQuery, ComparisonRow } from '../../shared/contract/compare.ts';
import { client } from '../connection.ts';
import { Button } from '../parts/button.tsx';
import { saveText } from '../parts/save-text.ts';
import { report, toast } from '../state/toasts.ts';
import { percent } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { differencesCsv, differencesHeader } from './differences-csv.ts';

/** Rows that are asked for at once. */
const slice = 2000;

/** Saves what the table shows, all of it. Texts are cut as the table's are. */
export function ExportDifferences({
  query,
  total,
  names,
  disabled,
}: {
  query: ComparisonQuery;
  total: number;
  names: { before: string; after: string };
  disabled: boolean;
}) {
  const [done, setDone] = useState<number | null>(null);
  const save = async () => {
    setDone(0);
    try {
      // The browser keeps the parts of a file outside of the page's memory.
      const parts = [differencesHeader];
      let rows: ComparisonRow[];
      let from = 0;
      do {
        ({ rows } = await client.compare.rows({ ...query, from, count: slice }));
        parts.push(differencesCsv(rows));
        from += rows.length;
        setDone(from);
      } while (rows.length === slice);
      saveText(new Blob(parts, { type: 'text/csv;charset=utf-8' }), `${t('compare.file', names)}.csv`);
      toast('info', t('compare.exported', { count: from }));
    } catch (error) {
      report(error);
    } finally {
      setDone(null);
    }
  };
  return (
    <Button icon="download" disabled={disabled || total === 0 || done !== null} onClick={() => void save()}>
      {done === null
        ? t('compare.export')
        : t('compare.exporting', { percent: percent(Math.min(1, done / total)) })}
    </Button>
  );
}
