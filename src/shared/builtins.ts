import type { DefinitionDescription, ParamSchema } from './definition.ts';
import { PoolboardError } from './errors.ts';

/** The built-in tasks, as the window, `poolboard tasks` and the checks know them. What they do is in `src/workers/builtins`. */
export const builtinDescriptions: readonly DefinitionDescription[] = [
  builtin('hash', 'Computes the checksum of a file.', 'file', {
    algorithm: {
      type: 'string',
      title: 'Algorithm',
      description: 'blake2b is BLAKE2b with 512 bits, as b2sum computes it.',
      enum: ['sha256', 'sha1', 'md5', 'blake2b'],
      default: 'sha256',
    },
  }),
  builtin('text-stats', 'Counts the lines, words, characters and bytes of a text file, as wc does.', 'file'),
  {
    ...builtin(
      'http-check',
      'Requests a URL and tells its status, time, size, final address and title.',
      'url',
      {
        method: {
          type: 'string',
          title: 'Method',
          description: 'HEAD asks for no body, so there is no title.',
          enum: ['GET', 'HEAD'],
          default: 'GET',
        },
        timeoutSeconds: {
          type: 'number',
          title: 'Timeout',
          description: 'Seconds until the whole answer must be there.',
          minimum: 0.001,
          maximum: 86_400,
          default: 30,
        },
        perHost: {
          type: 'number',
          title: 'Requests per host',
          description: 'Requests a second that each worker sends to one host at most; 0 for no limit.',
          minimum: 0,
          default: 0,
        },
      },
    ),
    concurrency: 16,
  },
  builtin(
    'sleep',
    'Waits, to try the pool with: as many seconds as its input says, or the parameter.',
    'any',
    {
      seconds: {
        type: 'number',
        title: 'Seconds',
        description: 'The input itself where this is not set.',
        minimum: 0,
        maximum: 1_000_000,
      },
    },
  ),
  builtin('primes', 'Counts the primes below its input, to try the pool with real work.', 'number'),
];

/** The description of a built-in task. Throws a `PoolboardError` with the code `NO_SUCH_BUILTIN`. */
export function findBuiltin(name: string): DefinitionDescription {
  const found = builtinDescriptions.find((description) => description.name === name);
  if (found) return found;
  const names = builtinDescriptions.map((description) => description.name).join(', ');
  throw new PoolboardError('NO_SUCH_BUILTIN', `There is no built-in task ${name}; there are ${names}.`);
}

function builtin(
  name: string,
  summary: string,
  takes: NonNullable<DefinitionDescription['takes']>,
  properties: Record<string, ParamSchema> = {},
): DefinitionDescription {
  return {
    definition: { kind: 'builtin', name },
    name,
    summary,
    takes,
    params: { type: 'object', properties },
  };
}
