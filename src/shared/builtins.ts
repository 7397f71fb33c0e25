import { outputParams } from './builtin-outputs.ts';
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
  builtin('image-resize', 'Resizes and converts pictures.', 'file', {
    width: { type: 'integer', title: 'Width', description: 'Pixels at most.', minimum: 1, maximum: 16_383 },
    height: { type: 'integer', title: 'Height', description: 'Pixels at most.', minimum: 1, maximum: 16_383 },
    fit: {
      type: 'string',
      title: 'Fit',
      description:
        'inside: whole and undistorted; cover: fills width and height and is cut; contain: whole, with borders; fill: distorted.',
      enum: ['inside', 'cover', 'contain', 'fill'],
      default: 'inside',
    },
    format: {
      type: 'string',
      title: 'Format',
      description: 'same: as the picture itself.',
      enum: ['same', 'jpeg', 'png', 'webp', 'avif'],
      default: 'same',
    },
    quality: {
      type: 'integer',
      title: 'Quality',
      description: 'For JPEG, WebP and AVIF.',
      minimum: 1,
      maximum: 100,
      default: 80,
    },
    enlarge: {
      type: 'boolean',
      title: 'Enlarge',
      description: 'Make smaller pictures as large as that.',
      default: false,
    },
    keepMetadata: {
      type: 'boolean',
      title: 'Keep metadata',
      description: 'Camera, place, date and colour profile; left out otherwise.',
      default: false,
    },
    ...outputParams('the name with the ending of the format; beside the input with -resized before it'),
  }),
  builtin('gzip', 'Compresses a file with gzip.', 'file', {
    level: {
      type: 'integer',
      title: 'Level',
      description: '1 is fastest, 9 smallest.',
      minimum: 1,
      maximum: 9,
      default: 6,
    },
    ...outputParams('{/}.gz'),
  }),
  builtin('gunzip', 'Unpacks a gzip file.', 'file', outputParams('the name without .gz')),
  builtin('zstd', 'Compresses a file with Zstandard, or unpacks one.', 'file', {
    decompress: { type: 'boolean', title: 'Unpack', description: 'Unpack instead.', default: false },
    level: {
      type: 'integer',
      title: 'Level',
      description: '1 is fastest, 19 smallest.',
      minimum: 1,
      maximum: 19,
      default: 3,
    },
    ...outputParams('{/}.zst; the name without .zst to unpack'),
  }),
  builtin(
    'csv-summary',
    'Describes the columns of a CSV file: types, empty fields, least, greatest, mean, distinct values.',
    'file',
    {
      delimiter: { type: 'string', title: 'Delimiter', description: 'Told from the file where empty.' },
      header: {
        type: 'boolean',
        title: 'Header',
        description: 'The first row names the columns.',
        default: true,
      },
      encoding: {
        type: 'string',
        title: 'Encoding',
        description: 'UTF-8 where empty; a byte order mark decides.',
      },
    },
  ),
  builtin(
    'find-text',
    'Finds the lines of a file that hold a text or match a pattern.',
    'file',
    {
      pattern: { type: 'string', title: 'Text' },
      regex: {
        type: 'boolean',
        title: 'Regular expression',
        description: 'The text is a JavaScript regular expression.',
        default: false,
      },
      ignoreCase: { type: 'boolean', title: 'Ignore case', default: false },
      maxLines: {
        type: 'integer',
        title: 'Lines',
        description: 'Lines of a file that are listed at most; all are counted.',
        minimum: 0,
        maximum: 100_000,
        default: 100,
      },
    },
    ['pattern'],
  ),
  builtin('copy-rename', 'Copies files under new names.', 'file', outputParams(null), ['name']),
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

/** The description of a built-in task. Throws `NO_SUCH_BUILTIN`, naming those that there are. */
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
  required: string[] = [],
): DefinitionDescription {
  return {
    definition: { kind: 'builtin', name },
    name,
    summary,
    takes,
    params: { type: 'object', properties, ...(required.length > 0 && { required }) },
  };
}
