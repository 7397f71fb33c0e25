import { describe, expect, test } from 'vitest';
import { batchOptionsSchema } from '../../shared/batch.ts';
import { emptyOptions, type NumberTexts, optionBounds, readOptions } from './option-texts.ts';

const read = (texts: Partial<typeof emptyOptions>) => readOptions({ ...emptyOptions, ...texts });

test('options that are left empty are left out, so that the engine’s own hold', () => {
  expect(read({})).toEqual({ values: {}, problems: {} });
});

test('are read with their units', () => {
  const { values } = read({
    workers: '3',
    timeout: '1.5',
    retries: '2',
    retryDelaySeconds: '0.5',
    hangSeconds: '0',
    workerMemoryMb: '512',
    freeMemoryMb: '2000',
    maxLoad: '1.5',
  });
  expect(values).toEqual({
    workers: 3,
    timeoutMs: 1500,
    retries: 2,
    retryDelayMs: 500,
    hangMs: 0,
    maxWorkerMemoryBytes: 512_000_000,
    minFreeMemoryBytes: 2_000_000_000,
    maxLoad: 1.5,
  });
  expect(read({ timeout: '300', timeoutUnit: 'percent' }).values).toEqual({ timeoutPercent: 300 });
});

test('out of bounds are said, and the bounds are those of the contract', () => {
  expect(read({ workers: '0' }).problems).toHaveProperty('workers');
  expect(read({ retries: 'often' }).problems).toHaveProperty('retries');
  for (const [name, { low, high }] of Object.entries(optionBounds)) {
    for (const bound of [low, high]) {
      const { values, problems } = read({
        retries: '1',
        haltOn: 'fail',
        haltLimit: '1',
        [name as keyof NumberTexts]: String(bound),
      });
      expect(problems, `${name} ${bound}`).toEqual({});
      expect(batchOptionsSchema.safeParse(values).success, `${name} ${bound}`).toBe(true);
    }
  }
});

describe('what is tried again', () => {
  test('is said only where it is not everything, and only with retries', () => {
    expect(read({ retries: '1' }).values).toEqual({ retries: 1 });
    expect(read({ retries: '1', retryOn: ['crash'] }).values).toEqual({ retries: 1, retryOn: ['crash'] });
    expect(read({ retryOn: ['crash'], retryDelaySeconds: '4' }).values).toEqual({});
  });

  test('cannot be nothing', () => {
    expect(read({ retries: '1', retryOn: [] }).problems).toHaveProperty('retryOn');
    expect(read({ retries: '0', retryOn: [] }).problems).toEqual({});
  });
});

describe('the rule to stop early', () => {
  test('is read with its limit', () => {
    expect(read({ haltOn: 'fail', haltLimit: '5' }).values).toEqual({
      halt: { on: 'fail', when: 'soon', limit: { unit: 'tasks', tasks: 5 } },
    });
    const percent = { haltOn: 'done', haltLimit: '12.5', haltUnit: 'percent', haltWhen: 'now' } as const;
    expect(read(percent).values).toEqual({
      halt: { on: 'done', when: 'now', limit: { unit: 'percent', percent: 12.5 } },
    });
  });

  test('needs a limit that it can reach', () => {
    expect(read({ haltOn: 'fail' }).problems).toHaveProperty('haltLimit');
    expect(read({ haltOn: 'fail', haltLimit: '0' }).problems).toHaveProperty('haltLimit');
    expect(read({ haltOn: 'fail', haltLimit: '101', haltUnit: 'percent' }).problems).toHaveProperty(
      'haltLimit',
    );
    expect(read({ haltOn: 'never', haltLimit: 'x' })).toEqual({ values: {}, problems: {} });
  });
});
