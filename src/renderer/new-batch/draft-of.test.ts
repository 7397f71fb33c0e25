import { expect, test } from 'vitest';
import { type BatchSpecInput, batchSpecSchema } from '../../shared/batch.ts';
import { type Draft, definitionKey, definitionOf, emptyDraft, sourceOf } from './draft.ts';
import { inputsDraft, settingsDraft } from './draft-of.ts';
import { readOptions } from './option-texts.ts';

const definitions: BatchSpecInput['definition'][] = [
  { kind: 'builtin', name: 'hash' },
  { kind: 'module', file: '/a/b.ts', function: 'run' },
  { kind: 'module', file: '/a/b.ts' },
  { kind: 'python', file: '/a/b.py', function: 'f', interpreter: '/usr/bin/python3' },
  { kind: 'command', template: 'gzip {}', shell: true, out: '/tmp/x' },
];
const sources: BatchSpecInput['inputs'][] = [
  { kind: 'files', paths: ['/a', '/b/*.jpg'], hidden: true },
  { kind: 'range', from: 2, to: -10, step: -3 },
  { kind: 'rows', file: '/a.csv', format: 'csv', delimiter: ';', header: false },
  { kind: 'list', values: ['a', 'b c'] },
  { kind: 'list', values: ['two\nlines'] },
  { kind: 'list', values: [1, { a: 2 }] },
  {
    kind: 'product',
    sources: [
      { kind: 'range', from: 0, to: 2 },
      { kind: 'list', values: ['x'] },
    ],
  },
];
const options: BatchSpecInput['options'][] = [
  {},
  { workers: 3, chunkSize: 7, timeoutMs: 1500, retries: 2, retryOn: ['crash'], retryDelayMs: 250 },
  {
    timeoutPercent: 200,
    hangMs: 0,
    halt: { when: 'now', on: 'fail', limit: { unit: 'percent', percent: 5 } },
  },
  { halt: { when: 'soon', on: 'done', limit: { unit: 'tasks', tasks: 9 } }, heapMb: 64, maxLoad: 1.5 },
  { maxWorkerMemoryBytes: 5_000_000, minFreeMemoryBytes: 1_000_000, batteryWorkers: 1, concurrency: 4 },
];
const inputs = sources[1]!;
const specOf = (more: Partial<BatchSpecInput>) =>
  batchSpecSchema.parse({ definition: definitions[0], inputs, ...more });

test.each(definitions.map((definition) => [definition]))('a task is found again in the form: %j', (given) => {
  const { definition } = specOf({ definition: given });
  const draft = { ...emptyDraft, ...settingsDraft(specOf({ definition: given }), emptyDraft) };
  expect(definitionOf(draft)).toEqual(definition);
});

test.each(sources.map((source) => [source]))('inputs are found again: %j', (given) => {
  const spec = specOf({ inputs: given });
  const draft = { ...emptyDraft, ...inputsDraft(spec.inputs, 'x', 5) };
  expect(sourceOf(draft)).toEqual(spec.inputs);
});

test.each(options.map((each) => [each]))('options are found again: %j', (given) => {
  const spec = specOf({ options: given });
  const draft = { ...emptyDraft, ...settingsDraft(spec, emptyDraft) };
  const { values, problems } = readOptions(draft.options);
  expect(problems).toEqual({});
  expect(batchSpecSchema.shape.options.parse(values)).toEqual(spec.options);
});

test('parameters are found again by their definition, and those of others are kept', () => {
  const others: Draft = { ...emptyDraft, params: { other: { x: '1' } } };
  const spec = specOf({ params: { algorithm: 'md5', deep: true, size: 3 } });
  const draft: Draft = { ...others, ...settingsDraft(spec, others) };
  expect(draft.params[definitionKey(definitionOf(draft)!)]).toEqual({
    algorithm: 'md5',
    deep: true,
    size: '3',
  });
  expect(draft.params.other).toEqual({ x: '1' });
});

test('whether it is to wait for the others is taken over too', () => {
  expect(settingsDraft(specOf({ options: { queued: true } }), emptyDraft).queued).toBe(true);
  expect(settingsDraft(specOf({}), { ...emptyDraft, queued: true }).queued).toBe(false);
});
