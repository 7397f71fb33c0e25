import { expect, test } from 'vitest';
import { differencesCsv, differencesHeader } from './differences-csv.ts';

test('a row has its place in each run, and what would break a line is quoted', () => {
  expect(differencesHeader).toMatch(/^input,difference,speed,before_index,.*,after_ms\r\n$/);
  const before = { index: 3, state: 'failed', result: 'Error: "no", or\nso', ms: 1.5 } as const;
  expect(
    differencesCsv([
      {
        input: 'a,b',
        difference: 'fixed',
        speed: null,
        before,
        after: { ...before, state: 'succeeded', result: '1' },
      },
      { input: 'x', difference: 'gone', speed: null, before, after: null },
    ]),
  ).toBe(
    '"a,b",fixed,,3,failed,"Error: ""no"", or\nso",1.5,3,succeeded,1,1.5\r\n' +
      'x,gone,,3,failed,"Error: ""no"", or\nso",1.5,,,,\r\n',
  );
});
