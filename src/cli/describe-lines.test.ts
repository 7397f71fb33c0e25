import { expect, test } from 'vitest';
import { describeLines } from './describe-lines.ts';

test('a definition is described with its parameters, as one types them', () => {
  const lines = describeLines({
    definition: { kind: 'module', file: '/resize.ts' },
    name: 'resize.ts',
    summary: 'Resizes pictures.',
    takes: 'file',
    concurrency: 4,
    params: {
      type: 'object',
      required: ['width'],
      properties: {
        width: { type: 'integer', minimum: 1, description: 'In pixels.' },
        format: { type: 'string', enum: ['jpeg', 'png'], default: 'jpeg' },
        quality: { type: 'number', minimum: 0, maximum: 1 },
      },
    },
  });
  expect(lines).toEqual([
    'resize.ts: Resizes pictures.',
    '  takes files',
    '  4 at once in each worker',
    '  --param width=…  a whole number, 1 or more, required; In pixels.',
    '  --param format=…  jpeg | png, default "jpeg"',
    '  --param quality=…  a number from 0 to 1',
  ]);
});
