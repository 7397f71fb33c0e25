import type { ResultColumn } from '../../shared/contract/results.ts';
import { t } from '../words/t.ts';

/** What stands over a column: the keys of results as they are, the columns of every batch in words. */
export function columnTitle({ id, title }: Pick<ResultColumn, 'id' | 'title'>): string {
  switch (id) {
    case 'task["index"]':
      return t('column.index');
    case 'task["ms"]':
      return t('column.time');
    case 'input[]':
      return t('column.input');
    case 'value[]':
      return t('column.result');
    default:
      return title;
  }
}
