import { fileURLToPath } from 'node:url';
import type { Sample } from '../../shared/contract.ts';

// The build lies in out/main, this file three folders below the project.
const examples = import.meta.url.endsWith('.ts') ? '../../../examples/' : '../../examples/';
const example = (name: string) => fileURLToPath(new URL(examples + name, import.meta.url));

/** What a first start offers: a batch of some seconds with results, output and one failure. */
export function samples(): Sample[] {
  return [
    {
      title: 'Count primes',
      summary: 'Sixty tasks of a TypeScript file, on every core. One of them fails on purpose.',
      spec: {
        name: 'count primes',
        definition: { kind: 'module', file: example('count-primes.ts') },
        inputs: { kind: 'range', from: 50_000, to: 3_050_000, step: 50_000 },
      },
    },
  ];
}
