import type { DefinitionDescription, ParamSchema, ParamsSchema } from '../shared/definition.ts';

const takes = { file: 'files', url: 'URLs, one a row', number: 'numbers', any: undefined } as const;

/** A definition and its parameters, for people. */
export function describeLines(description: DefinitionDescription): string[] {
  const { name, summary, params, concurrency } = description;
  const wants = takes[description.takes ?? 'any'];
  return [
    [name, summary].filter(Boolean).join(': '),
    ...(wants ? [`  takes ${wants}`] : []),
    ...(concurrency && concurrency > 1 ? [`  ${concurrency} at once in each worker`] : []),
    ...paramLines(params),
  ];
}

function paramLines({ properties, required = [] }: ParamsSchema): string[] {
  return Object.entries(properties).map(([name, schema]) => {
    const is = [allowed(schema), required.includes(name) ? 'required' : defaultOf(schema)].filter(Boolean);
    const what = [schema.title, schema.description].filter(Boolean).join(': ');
    return `  --param ${name}=…  ${is.join(', ')}${what ? `; ${what}` : ''}`;
  });
}

const defaultOf = (schema: ParamSchema): string =>
  schema.default === undefined ? '' : `default ${JSON.stringify(schema.default)}`;

const nouns = { string: 'a text', number: 'a number', integer: 'a whole number', boolean: 'true or false' };

function allowed({ type, enum: choices, minimum, maximum }: ParamSchema): string {
  if (choices) return choices.join(' | ');
  if (minimum !== undefined && maximum !== undefined) return `${nouns[type]} from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `${nouns[type]}, ${minimum} or more`;
  if (maximum !== undefined) return `${nouns[type]}, ${maximum} or less`;
  return nouns[type];
}
