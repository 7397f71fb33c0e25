import { describe, expect, test } from 'vitest';
import { inputSourceSchema } from '../../shared/inputs.ts';
import { baseName, countOf, type Draft, definitionOf, emptyDraft, roleOf, sourceOf } from './draft.ts';
import { wholeNumber } from './read.ts';

const draft = (more: Partial<Draft>): Draft => ({ ...emptyDraft, ...more });

describe('the input source of a draft', () => {
  test('is none while nothing is given', () => {
    for (const inputs of ['files', 'rows', 'range'] as const) expect(sourceOf(draft({ inputs }))).toBeNull();
  });

  test('takes a path that is still being typed, besides those in the list', () => {
    expect(sourceOf(draft({ paths: ['/a'], typedPath: ' /b/*.txt ' }))).toEqual({
      kind: 'files',
      paths: ['/a', '/b/*.txt'],
    });
    expect(sourceOf(draft({ paths: ['/a'], hidden: true }))).toMatchObject({ hidden: true });
  });

  test('takes pasted lines of every platform, without the empty ones', () => {
    const source = sourceOf(draft({ inputs: 'rows', rowsText: 'one\r\n\ntwo\n  three \n' }));
    expect(source).toEqual({ kind: 'list', values: ['one', 'two', '  three '] });
    expect(countOf(source!)).toBe(3);
  });

  test('counts a range as Python does, backwards too', () => {
    const range = (from: string, to: string, step: string) =>
      sourceOf(draft({ inputs: 'range', range: { from, to, step } }));
    expect(countOf(range('0', '10', '3')!)).toBe(4);
    expect(countOf(range('10', '0', '-1')!)).toBe(10);
    expect(countOf(range('5', '5', '1')!)).toBe(0);
    expect(range('0', '10', '0')).toBeNull();
    expect(range('0', '1.5', '1')).toBeNull();
  });

  test('is what the host takes', () => {
    const drafts = [
      draft({ paths: ['/a'] }),
      draft({ inputs: 'rows', rowsText: 'x' }),
      draft({ inputs: 'rows', rowsFrom: 'file', rowsFile: '/t.csv' }),
      draft({ inputs: 'range', range: { from: '-5', to: '5', step: '2' } }),
    ];
    for (const each of drafts) expect(inputSourceSchema.safeParse(sourceOf(each)).success).toBe(true);
  });
});

test.each([
  ['12', 12],
  [' -3 ', -3],
  ['+7', 7],
  ['', null],
  ['1.0', null],
  ['1e3', null],
  ['9007199254740993', null],
])('%j typed as a whole number is %j', (text, value) => {
  expect(wholeNumber(text)).toBe(value);
});

test('a file’s ending tells the kind of its definition', () => {
  const of = (file: string) => definitionOf(draft({ task: 'file', file }))?.kind;
  expect(of('/t/resize.ts')).toBe('module');
  expect(of('C:\\t\\Resize.PY')).toBe('python');
  expect(of('  ')).toBeUndefined();
});

test('a definition says what was set, and nothing of what was not', () => {
  const file = { task: 'file' as const, functionName: ' square ', interpreter: '/usr/bin/python3' };
  expect(definitionOf(draft({ ...file, file: '/t/a.py' }))).toEqual({
    kind: 'python',
    file: '/t/a.py',
    function: 'square',
    interpreter: '/usr/bin/python3',
  });
  expect(definitionOf(draft({ ...file, file: '/t/a.ts' }))).toEqual({
    kind: 'module',
    file: '/t/a.ts',
    function: 'square',
  });
  const command = { task: 'command' as const, command: ' wc {} ' };
  expect(definitionOf(draft(command))).toEqual({ kind: 'command', template: 'wc {}' });
  const commandOptions = { shell: true, stdin: true, cwd: '/w', out: ' /o ' };
  expect(definitionOf(draft({ ...command, commandOptions }))).toEqual({
    kind: 'command',
    template: 'wc {}',
    shell: true,
    stdin: true,
    cwd: '/w',
    out: '/o',
  });
});

test.each([
  ['/t/resize.mjs', 'task'],
  ['/t/train.py', 'task'],
  ['/t/people.csv', 'rows'],
  ['/t/PEOPLE.TSV', 'rows'],
  ['/t/people.csv.gz', 'rows'],
  ['/t/people.xlsx', 'rows'],
  ['/t/people.parquet', 'rows'],
  ['/t/people.jsonl', 'rows'],
  ['/t/people.json', 'lines'],
  ['/t/urls.txt', 'lines'],
  ['/t/urls.txt.gz', 'lines'],
  ['/t/photos.tar.gz', 'input'],
  ['/t/photo.jpg', 'input'],
  ['/t.js/folder', 'input'],
  ['/t/.hidden', 'input'],
])('%s dropped alone is most likely meant as %s', (path, role) => {
  expect(roleOf(path)).toBe(role);
});

test.each([
  ['/a/b c.txt', 'b c.txt'],
  ['C:\\a\\b.txt', 'b.txt'],
  ['/a/folder/', 'folder'],
  ['name', 'name'],
  ['/', '/'],
])('the last part of %j is %j', (path, name) => {
  expect(baseName(path)).toBe(name);
});
