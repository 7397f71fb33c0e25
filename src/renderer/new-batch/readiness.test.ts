import { describe, expect, test } from 'vitest';
import { type DefinitionDescription, noParams } from '../../shared/definition.ts';
import type { InputPreview } from '../../shared/inputs.ts';
import { type Draft, emptyDraft } from './draft.ts';
import { readiness } from './readiness.ts';

const preview = (count: number, complete = true) => ({
  state: 'answered' as const,
  answer: { count, complete, bytes: null, first: [], warnings: [] } satisfies InputPreview,
});
const description = (params = noParams) => ({
  state: 'answered' as const,
  answer: {
    definition: { kind: 'builtin', name: 'hash' },
    name: 'hash',
    params,
  } satisfies DefinitionDescription,
});
const draft: Draft = { ...emptyDraft, paths: ['/a'], builtin: 'hash' };
const error = { name: 'Error', message: 'no' };

describe('a draft', () => {
  test('that is whole says how many tasks it will be', () => {
    expect(readiness({ draft, preview: preview(4213), description: description() })).toEqual({
      count: 4213,
      exact: true,
      reason: null,
    });
  });

  test('of very many inputs says that there are more', () => {
    expect(readiness({ draft, preview: preview(100_000, false), description: description() })).toMatchObject({
      count: 100_000,
      exact: false,
      reason: null,
    });
  });

  test('of a range knows its count without the host', () => {
    const range: Draft = { ...draft, inputs: 'range', range: { from: '0', to: '1000000', step: '1' } };
    expect(
      readiness({ draft: range, preview: preview(10_000, false), description: description() }),
    ).toMatchObject({
      count: 1_000_000,
      exact: true,
    });
  });
});

describe('the reason why it cannot run', () => {
  test.each([
    ['no inputs', { draft: { ...draft, paths: [] }, preview: { state: 'nothing' as const } }, /drop or pick/],
    [
      'inputs that cannot be read',
      { preview: { state: 'refused' as const, error } },
      /inputs cannot be read/,
    ],
    ['inputs of nothing', { preview: preview(0) }, /nothing in these inputs/],
    ['a count under way', { preview: { state: 'asking' as const, before: null } }, /Counting/],
    [
      'no task',
      { draft: { ...draft, builtin: '' }, description: { state: 'nothing' as const } },
      /Choose what/,
    ],
    ['a task that cannot start', { description: { state: 'refused' as const, error } }, /task cannot start/],
    [
      'a task that nobody has allowed',
      { description: { state: 'refused' as const, error: { ...error, code: 'NOT_TRUSTED' } } },
      /let it run/,
    ],
    [
      'a parameter that is missing',
      {
        description: description({
          type: 'object',
          required: ['width'],
          properties: { width: { type: 'integer', title: 'Width' } },
        }),
      },
      /“Width”/,
    ],
    ['a wrong option', { draft: { ...draft, options: { ...draft.options, retries: 'x' } } }, /option/],
  ])('is said: %s', (_what, more, reason) => {
    const { count, ...known } = readiness({
      draft,
      preview: preview(3),
      description: description(),
      ...more,
    });
    expect(known.reason).toMatch(reason);
    expect(count).not.toBe(0);
  });
});

test('a whole draft waits for files on their way', () => {
  const known = { draft, preview: preview(3), description: description() };
  expect(readiness({ ...known, uploading: true })).toMatchObject({
    count: null,
    reason: 'The files are on their way.',
  });
});

test('a command that does not fit its inputs cannot run', () => {
  const first = [{ name: 'Ada' }];
  const rows = {
    state: 'answered' as const,
    answer: { count: 1, complete: true, bytes: null, first, columns: ['name'], warnings: [] },
  };
  const command = (text: string): Draft => ({
    ...draft,
    inputs: 'rows',
    rowsFrom: 'file',
    rowsFile: '/t.csv',
    task: 'command',
    command: text,
  });
  const of = (text: string) =>
    readiness({ draft: command(text), preview: rows, description: description() }).reason;
  expect(of('echo {name}')).toBeNull();
  expect(of('echo {nmae}')).toMatch(/cannot start/);
});
