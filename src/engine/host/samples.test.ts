import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { batchSpecSchema } from '../../shared/batch.ts';
import { samples } from './samples.ts';

test('each sample is a batch that can be submitted as it is', () => {
  expect(samples().length).toBeGreaterThan(0);
  for (const { title, spec } of samples()) {
    const { definition } = batchSpecSchema.parse(spec);
    if (definition.kind === 'module') expect(existsSync(definition.file), title).toBe(true);
  }
});

test('the first sample succeeds, but for the one input that fails on purpose', async () => {
  const [sample] = samples();
  const { default: task } = (await import('../../../examples/count-primes.ts')) as {
    default: (below: number, context: object) => Promise<object>;
  };
  const context = { progress: () => {} };
  expect(await task(50_000, context)).toMatchObject({ primes: 5133, largest: 49_999 });
  await expect(task(1_300_000, context)).rejects.toThrow('1300000 fails on purpose');
  expect(sample!.spec.inputs).toMatchObject({ kind: 'range' });
});
