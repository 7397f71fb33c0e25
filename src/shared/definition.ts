import { z } from 'zod';

/**
 * Task definitions: what is done to one input.
 *
 * `module` is a JavaScript or TypeScript function file, `python` a Python one, `command` a template like GNU
 * parallel's, `builtin` one of Poolboard's own.
 */
const moduleDefinition = z.object({
  kind: z.literal('module'),
  /** Absolute path of the file. */
  file: z.string().min(1),
  /** The export to call; the default export where absent. */
  function: z.string().min(1).optional(),
});

const pythonDefinition = z.object({
  kind: z.literal('python'),
  file: z.string().min(1),
  /** The function to call; `task`, or the file's only candidate, where absent. */
  function: z.string().min(1).optional(),
  /** The interpreter to use; found from the file's project where absent. */
  interpreter: z.string().min(1).optional(),
});

const commandDefinition = z.object({
  kind: z.literal('command'),
  template: z.string().min(1),
  /** Run through the shell, with values quoted for it. Off: split into an argument vector, no shell at all. */
  shell: z.boolean().optional(),
  /** Feed the input to the program's standard input. */
  stdin: z.boolean().optional(),
  /** Working folder; the host's where absent. */
  cwd: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  /** The folder that `{out}` stands for. */
  out: z.string().optional(),
});

const builtinDefinition = z.object({
  kind: z.literal('builtin'),
  name: z.string().min(1),
});

export const definitionSchema = z.discriminatedUnion('kind', [
  moduleDefinition,
  pythonDefinition,
  commandDefinition,
  builtinDefinition,
]);
export type TaskDefinition = z.infer<typeof definitionSchema>;
export type DefinitionKind = TaskDefinition['kind'];

/** Values of a definition's parameters, by name. */
export const paramsSchema = z.record(z.string(), z.json());
export type Params = z.infer<typeof paramsSchema>;

/**
 * The part of JSON Schema that describes parameters: an object schema whose properties become form fields in
 * the window and `--param KEY=VALUE` on the command line.
 */
export interface ParamsSchema {
  type: 'object';
  properties: Record<string, ParamSchema>;
  required?: string[];
}

export interface ParamSchema {
  type: 'string' | 'number' | 'integer' | 'boolean';
  title?: string;
  description?: string;
  default?: string | number | boolean;
  enum?: (string | number)[];
  minimum?: number;
  maximum?: number;
  /** The text is the path of a folder: the window offers to pick one. */
  format?: 'folder';
}

/** What a definition says of itself, for the window, `poolboard tasks` and the check before a batch starts. */
export interface DefinitionDescription {
  definition: TaskDefinition;
  /** A short name, for example `hash` or `resize.ts`. */
  name: string;
  /** One sentence. */
  summary?: string;
  params: ParamsSchema;
  /** Tasks that one worker runs at once where the batch does not say; more than 1 for those that wait on the network. */
  concurrency?: number;
  /** What the task wants as its input; the window uses it to suggest inputs. */
  takes?: 'file' | 'url' | 'number' | 'any';
  /** Of a Python file: the interpreter that runs it. */
  interpreter?: InterpreterDescription;
}

export interface InterpreterDescription {
  /** Absolute path of the program. */
  path: string;
  /** For example `3.11.7`. */
  version: string;
  /** Why this one, for people: `the chosen interpreter`. */
  why: string;
}

export const noParams: ParamsSchema = { type: 'object', properties: {} };
