import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { testBatch } from '../../shared/test-batch.ts';
import type { TaskRow } from '../../shared/views.ts';
import { SelectionBar } from './selection-bar.tsx';
import {
  scrollTo,
  setViewport,
  showBatch,
  type TableState,
  takeRows,
  toggleMarked,
  useTable,
} from './table-state.ts';

const used = vi.hoisted(() => [] as ((state: TableState) => unknown)[]);
vi.mock('../connection.ts', () => ({ client: {} }));
vi.mock('./table-state.ts', async (original) => {
  const table = await original<typeof import('./table-state.ts')>();
  const useTable = (selector = (state: TableState): unknown => state) => {
    used.push(selector);
    return selector(table.useTable.getState());
  };
  return { ...table, useTable: Object.assign(useTable, table.useTable) };
});

test('uses nothing of the table that changes while one scrolls', () => {
  showBatch(1);
  setViewport(280);
  const rows = Array.from({ length: 20 }, (_, index) => ({ index, state: 'pending' }) as TaskRow);
  takeRows({ batch: 1, from: 0, total: 1000, rows });
  toggleMarked({ index: 3, position: 3 });
  const drawn = renderToStaticMarkup(createElement(SelectionBar, { batch: testBatch() }));
  expect(drawn).toContain('Cancel 1');

  const values = () => used.map((selector) => selector(useTable.getState()));
  const before = values();
  scrollTo(140);
  expect(useTable.getState().top).toBe(140);
  for (const [position, value] of values().entries()) expect(value).toBe(before[position]);
});
