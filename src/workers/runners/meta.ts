import { basename } from 'node:path';
import { z } from 'zod';
import type { ParamSchema, ParamsSchema } from '../../shared/definition.ts';
import { PoolboardError } from '../../shared/errors.ts';
import type { LoadedDescription } from '../../shared/wire.ts';

const paramSchema = z.object({
  type: z.enum(['string', 'number', 'integer', 'boolean']),
  title: z.string().optional(),
  description: z.string().optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});

const fullParams = z.object({
  type: z.literal('object'),
  properties: z.record(z.string(), paramSchema).default({}),
  required: z.array(z.string()).optional(),
});

const shorthand = z.record(
  z.string(),
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.array(z.union([z.string(), z.number()])).min(1),
    paramSchema,
  ]),
);

const metaSchema = z.object({
  summary: z.string().optional(),
  params: z.unknown().optional(),
  concurrency: z.int().min(1).max(1024).optional(),
  takes: z.enum(['file', 'url', 'number', 'any']).optional(),
});

/**
 * Reads the export `meta` of a function file.
 *
 * `params` is a JSON Schema of type object, or in short a default for each name: `{width: 800, crop: false,
 * format: ['jpeg', 'png']}`, where a list is a choice whose first is the default, and a schema of one parameter
 * (`{type: 'string', description: 'Watermark'}`) may stand for a default too.
 * @throws PoolboardError BAD_META that names what is wrong.
 */
export function readMeta(meta: unknown, file: string): LoadedDescription {
  if (meta === undefined) return {};
  const { params, ...rest } = parse(metaSchema, meta, 'meta', file);
  return params === undefined ? rest : { ...rest, params: readParams(params, file) };
}

function readParams(params: unknown, file: string): ParamsSchema {
  const isFull =
    typeof params === 'object' && params !== null && 'type' in params && params.type === 'object';
  if (isFull) return parse(fullParams, params, 'meta.params', file);
  const properties: Record<string, ParamSchema> = {};
  for (const [name, value] of Object.entries(parse(shorthand, params, 'meta.params', file))) {
    properties[name] = ofDefault(value);
  }
  return { type: 'object', properties };
}

function ofDefault(value: string | number | boolean | (string | number)[] | ParamSchema): ParamSchema {
  if (Array.isArray(value)) {
    const type = value.every((choice) => typeof choice === 'number') ? 'number' : 'string';
    return { type, enum: value, default: value[0] };
  }
  switch (typeof value) {
    case 'string':
      return { type: 'string', default: value };
    case 'number':
      return { type: 'number', default: value };
    case 'boolean':
      return { type: 'boolean', default: value };
    default:
      return value;
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown, where: string, file: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = [where, ...(issue?.path ?? [])].join('.');
  throw new PoolboardError('BAD_META', `${basename(file)}: ${path}: ${issue?.message ?? 'not valid'}.`, {
    place: { file },
  });
}
