import type { ParamSchema, Params, ParamsSchema } from '../../shared/definition.ts';
import { t } from '../words/t.ts';
import type { ParamTexts } from './draft.ts';
import { type Read, wholeNumber } from './read.ts';

/** The parameters that were set. Those left empty are left out, so that the definition's own defaults hold. */
export function readParams(schema: ParamsSchema, texts: ParamTexts): Read<Params> {
  const values: Params = {};
  const problems: Record<string, string> = {};
  for (const [name, field] of Object.entries(schema.properties)) {
    const text = texts[name];
    if (text === undefined || text === '') {
      if (schema.required?.includes(name) && field.default === undefined)
        problems[name] = t('field.required');
      continue;
    }
    const value = typeof text === 'boolean' ? text : readParam(field, text);
    if (value === undefined) problems[name] = problemOf(field);
    else values[name] = value;
  }
  return { values, problems };
}

function readParam(field: ParamSchema, text: string): string | number | boolean | undefined {
  if (field.enum) return field.enum.find((choice) => String(choice) === text);
  if (field.type === 'boolean') return text === 'true';
  if (field.type === 'string') return text;
  const value = field.type === 'integer' ? wholeNumber(text) : Number(text);
  if (value === null || !Number.isFinite(value)) return undefined;
  if (field.minimum !== undefined && value < field.minimum) return undefined;
  if (field.maximum !== undefined && value > field.maximum) return undefined;
  return value;
}

function problemOf({ type, minimum, maximum }: ParamSchema): string {
  if (minimum !== undefined && maximum !== undefined) {
    return t('field.between', { low: String(minimum), high: String(maximum) });
  }
  if (minimum !== undefined) return t('field.at-least', { low: String(minimum) });
  if (maximum !== undefined) return t('field.at-most', { high: String(maximum) });
  return t(type === 'integer' ? 'field.whole-number' : 'field.number');
}
