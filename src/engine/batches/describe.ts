import { findBuiltin } from '../../shared/builtins.ts';
import {
  type DefinitionDescription,
  noParams,
  type ParamsSchema,
  type TaskDefinition,
} from '../../shared/definition.ts';
import { PoolboardError } from '../../shared/errors.ts';
import type { LoadedDescription } from '../../shared/wire.ts';
import type { Executor } from '../pool/executor.ts';
import type { ResultSink, TaskSource } from '../pool/job.ts';
import { findInterpreter } from '../python/find-interpreter.ts';
import { definitionName } from './name.ts';

/** A file that is only to be described is not waited for any longer, milliseconds: it may never have done. */
const deadlineMs = 30_000;

/**
 * What a definition says of itself: a built-in from its declaration, any other by loading it in a worker, which
 * is where its code belongs. Throws what keeps it from loading; `LOAD_TIMEOUT` where it takes too long.
 */
export async function describeDefinition(
  definition: TaskDefinition,
  executor: Pick<Executor, 'submit'>,
): Promise<DefinitionDescription> {
  if (definition.kind === 'builtin') return findBuiltin(definition.name);
  if (definition.kind !== 'python') return load(definition, executor);
  const interpreter = await findInterpreter(definition.file, definition.interpreter);
  const loaded = await load({ ...definition, interpreter: interpreter.path }, executor);
  return { ...loaded, definition, interpreter };
}

async function load(
  definition: Exclude<TaskDefinition, { kind: 'builtin' }>,
  executor: Pick<Executor, 'submit'>,
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
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(() => deadline.reject(loadsTooLong(definition)), deadlineMs);
  try {
    return toDescription(definition, await Promise.race([job.prepared, deadline.promise]));
  } finally {
    clearTimeout(timer);
    job.cancel();
  }
}

function loadsTooLong(definition: TaskDefinition): PoolboardError {
  const name = definitionName(definition);
  const message = `${name} did not finish loading in ${deadlineMs / 1000} seconds: move what takes so long or never ends into the function.`;
  return new PoolboardError('LOAD_TIMEOUT', message);
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
