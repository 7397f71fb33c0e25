import { describe, expect, it } from 'vitest';
import type { ParamsSchema } from './definition.ts';
import { checkParams, parseParams } from './params.ts';

const schema: ParamsSchema = {
  type: 'object',
  properties: {
    width: { type: 'integer', minimum: 1, maximum: 100 },
    quality: { type: 'number', default: 0.8 },
    format: { type: 'string', enum: ['jpeg', 'png'], default: 'jpeg' },
    strip: { type: 'boolean', default: false },
    suffix: { type: 'string' },
  },
  required: ['width'],
};

describe('parameters', () => {
  it('fills defaults and leaves out what is absent and has none', () => {
    expect(parseParams(schema, { width: 5 })).toEqual({
      width: 5,
      quality: 0.8,
      format: 'jpeg',
      strip: false,
    });
  });

  it('turns the texts of a command line into numbers and booleans', () => {
    const given = { width: '12', quality: ' .5 ', strip: 'yes', format: 'png', suffix: '' };
    expect(parseParams(schema, given)).toEqual({
      width: 12,
      quality: 0.5,
      strip: true,
      format: 'png',
      suffix: '',
    });
  });

  it.each([
    [{ width: 'wide' }, 'The parameter width is "wide"; it must be a whole number.'],
    [{ width: 1.5 }, 'The parameter width is 1.5; it must be a whole number.'],
    [{ width: 'Infinity' }, 'The parameter width is "Infinity"; it must be a whole number.'],
    [{ width: 0 }, 'The parameter width is 0; it must be from 1 to 100.'],
    [{ width: '101' }, 'The parameter width is 101; it must be from 1 to 100.'],
    [{}, 'The parameter width is missing; give a whole number.'],
    [{ width: '' }, 'The parameter width is missing; give a whole number.'],
    [{ width: 1, format: 'gif' }, 'The parameter format is "gif"; it must be jpeg or png.'],
    [{ width: 1, strip: 'maybe' }, 'The parameter strip is "maybe"; it must be true or false.'],
    [
      { width: 1, heigth: 1 },
      'There is no parameter heigth; this task has width, quality, format, strip and suffix.',
    ],
    [
      { width: 1, constructor: 1 },
      'There is no parameter constructor; this task has width, quality, format, strip and suffix.',
    ],
  ])('says what is wrong with %j', (given, sentence) => {
    expect(() => parseParams(schema, given as Record<string, unknown>)).toThrow(
      expect.objectContaining({ code: 'BAD_PARAM', message: sentence }),
    );
  });

  it('reports each problem by the name of its parameter', () => {
    const { problems } = checkParams(schema, { width: -1, format: 7 });
    expect(problems.map((problem) => problem.name)).toEqual(['width', 'format']);
  });
});
