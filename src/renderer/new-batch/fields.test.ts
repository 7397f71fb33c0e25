import { describe, expect, test } from 'vitest';
import { batchOptionsSchema } from '../../shared/batch.ts';
import type { ParamsSchema } from '../../shared/definition.ts';
import { emptyDraft } from './draft.ts';
import { optionBounds, readOptions, readParams, summaryOf } from './fields.ts';

const schema: ParamsSchema = {
  type: 'object',
  required: ['width', 'format'],
  properties: {
    width: { type: 'integer', minimum: 1, maximum: 100 },
    format: { type: 'string', enum: ['jpeg', 'png'], default: 'jpeg' },
    level: { type: 'integer', enum: [1, 2] },
    quality: { type: 'number', minimum: 0 },
    strip: { type: 'boolean', default: true },
    note: { type: 'string' },
  },
};

describe('parameters', () => {
  test('are read as their types; what is left empty is left to the definition', () => {
    const { values, problems } = readParams(schema, {
      width: '64',
      level: '2',
      quality: '0.5',
      strip: false,
      note: '',
    });
    expect(values).toEqual({ width: 64, level: 2, quality: 0.5, strip: false });
    expect(problems).toEqual({});
  });

  test('that are needed and have no default are asked for', () => {
    expect(Object.keys(readParams(schema, {}).problems)).toEqual(['width']);
  });

  test.each([
    ['width', '1.5'],
    ['width', '0'],
    ['width', '101'],
    ['format', 'gif'],
    ['level', '3'],
    ['quality', '-1'],
    ['quality', 'much'],
  ])('%s cannot be %j', (name, text) => {
    const { values, problems } = readParams(schema, { width: '5', [name]: text });
    expect(problems[name]).toBeDefined();
    expect(values).not.toHaveProperty(name);
  });
});

describe('options', () => {
  const texts = emptyDraft.options;

  test('that are left empty are left out, so that the engine’s own hold', () => {
    expect(readOptions(texts)).toEqual({ values: {}, problems: {} });
  });

  test('are read with their units', () => {
    const { values } = readOptions({ ...texts, workers: '3', timeoutSeconds: '1.5', retries: '0' });
    expect(values).toEqual({ workers: 3, timeoutMs: 1500, retries: 0 });
  });

  test('out of bounds are said, and the bounds are those of the contract', () => {
    expect(readOptions({ ...texts, workers: '0' }).problems).toHaveProperty('workers');
    expect(readOptions({ ...texts, retries: 'often' }).problems).toHaveProperty('retries');
    for (const [name, { low, high }] of Object.entries(optionBounds)) {
      for (const bound of [low, high]) {
        const { values } = readOptions({ ...texts, [name]: String(bound) });
        expect(batchOptionsSchema.safeParse(values).success, `${name} ${bound}`).toBe(true);
      }
    }
  });

  test('are summed up in one line', () => {
    expect(summaryOf({}, 4)).toBe('4 workers · no timeout · no retries');
    expect(summaryOf({ workers: 1, chunkSize: 50, timeoutMs: 2500, retries: 1 }, 4)).toBe(
      '1 worker · chunks of 50 · timeout 2.5 s · 1 retry',
    );
  });
});
