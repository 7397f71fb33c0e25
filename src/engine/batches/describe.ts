import { findBuiltin } from '../../shared/builtins.ts';
import {
  type DefinitionDescription,
  noParams,
  type ParamsSchema,
  type TaskDefinition,
} from '../../shared/definition.ts';
import type { LoadedDescription } from '../../shared/wire.ts';
import type { Executor } from '../pool/executor.ts';
import type { ResultSink, TaskSource } from '../pool/job.ts';
import { findInterpreter } from '../python/find-interpreter.ts';
import { definitionName } from './name.ts';

/**
 * What a definition says of itself: a built-in from its declaration, any other by loading it in a worker, which
 * is where its code belongs. Throws what keeps it from loading.
 */
export async function describeDefinition(
  definition: TaskDefinition,
  executor: Executor,
): Promise<DefinitionDescription> {
  if (definition.kind === 'builtin') return findBuiltin(definition.name);
  if (definition.kind !== 'python') return load(definition, executor);
  const interpreter = await findInterpreter(definition.file, definition.interpreter);
  const loaded = await load({ ...definition, interpreter: interpreter.path }, executor);
  return { ...loaded, definition, interpreter };
}

async function load(
  definition: Exclude<TaskDefinition, { kind: 'builtin' }>,
  executor: Executor,
): Promise<DefinitionDescription> {
  const job = executor.submit({
    definition,
    params: {},
    encoding: 'json',
    describe: true,
    options: { chunkSize: 1, retries: 0 },
    source: noTasks,
    sink: nowhere,
  });
  try {
    return toDescription(definition, await job.prepared);
  } finally {
    job.cancel();
  }
}

function toDescription(definition: TaskDefinition, loaded: LoadedDescription): DefinitionDescription {
  const { summary, params, concurrency, takes } = loaded;
  return {
    definition,
    name: definitionName(definition),
    summary,
    params: (params as ParamsSchema | undefined) ?? noParams,
    concurrency,
    takes: takes as DefinitionDescription['takes'],
  };
}

const noTasks: TaskSource = {
  take: () => null,
  waiting: 0,
  done: false,
  holds: () => false,
  total: null,
  onMore: () => {},
};
const nowhere: ResultSink = { ended() {}, output() {}, progress() {}, full: false, finished() {} };
