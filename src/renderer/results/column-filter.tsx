import { type FormEvent, useState } from 'react';
import {
  type ColumnType,
  type FilterOperator,
  filterOperators,
  type ResultColumn,
} from '../../shared/contract/results.ts';
import { Button } from '../parts/button.tsx';
import { t } from '../words/t.ts';
import { addFilter } from './results-state.ts';

/** How a column is most often filtered. */
const firstOperator: Partial<Record<ColumnType, FilterOperator>> = {
  number: 'greater',
  boolean: 'equals',
  time: 'greater',
};

/** Filters by a column, over all results. */
export function ColumnFilter({ column, onDone }: { column: ResultColumn; onDone: () => void }) {
  const [operator, setOperator] = useState<FilterOperator>(firstOperator[column.type] ?? 'contains');
  const [value, setValue] = useState('');
  const takesValue = operator !== 'empty' && operator !== 'filled';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (takesValue && value === '') return;
    addFilter({ column: column.id, operator, value: takesValue ? value : '' });
    onDone();
  };
  return (
    <form className="results-filter-form" onSubmit={submit}>
      <select
        className="field"
        aria-label={t('results.filter.operator')}
        value={operator}
        onChange={(event) => setOperator(event.target.value as FilterOperator)}
      >
        {filterOperators.map((each) => (
          <option key={each} value={each}>
            {t(`results.operator.${each}`)}
          </option>
        ))}
      </select>
      {takesValue && (
        <input
          className="field"
          aria-label={t('results.filter.value')}
          placeholder={t('results.filter.value')}
          maxLength={1000}
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
      )}
      <Button type="submit" disabled={takesValue && value === ''}>
        {t('results.filter.apply')}
      </Button>
    </form>
  );
}
