import { expect, test } from 'vitest';
import { resultLine } from './result-line.ts';
import { exportRow } from './test-rows.ts';

test('a task that succeeded has its value', () => {
  const line = resultLine(exportRow(3, { input: '{"a":[1]}', value: '{"b":null}', ms: 0.123456 }));
  expect(line).toBe(
    '{"index":3,"input":{"a":[1]},"status":"succeeded","value":{"b":null},"attempts":1,"ms":0.123}',
  );
});

test('a value that JavaScript numbers cannot hold is taken over as it is', () => {
  expect(resultLine(exportRow(0, { value: '12345678901234567890' }))).toContain(
    '"value":12345678901234567890,',
  );
});

test('a task that failed has its error, whole', () => {
  const error = {
    name: 'TypeError',
    message: 'a "b"\nc',
    code: 'E1',
    stack: 'at x',
    cause: { name: 'E', message: '' },
  };
  const line = resultLine(exportRow(1, { state: 'failed', value: null, error, attempts: 3 }));
  expect(line).not.toContain('\n');
  expect(JSON.parse(line)).toEqual({
    index: 1,
    input: 'input 1',
    status: 'failed',
    error,
    attempts: 3,
    ms: 1.5,
  });
});

test('a task that did not end has neither', () => {
  const row = exportRow(2, { state: 'pending', value: null, attempts: 0, ms: null });
  expect(resultLine(row)).toBe('{"index":2,"input":"input 2","status":"pending","attempts":0,"ms":null}');
});
