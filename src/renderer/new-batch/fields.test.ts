import { describe, expect, test } from 'vitest';
import type { ParamsSchema } from '../../shared/definition.ts';
import { readParams } from './fields.ts';

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
