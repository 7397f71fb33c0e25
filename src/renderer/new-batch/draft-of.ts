import type { BatchOptions, BatchSpec } from '../../shared/batch.ts';
import type { Params, TaskDefinition } from '../../shared/definition.ts';
import type { InputSource } from '../../shared/inputs.ts';
import { type Draft, definitionKey, definitionOf, emptyDraft, type ParamTexts } from './draft.ts';
import { emptyOptions, type OptionTexts } from './option-texts.ts';
import { emptyTable } from './table-options.ts';

/** A draft's task, parameters and options, as its fields hold them: of a preset, or of a batch that was. */
export function settingsDraft(
  { definition, params, options }: Pick<BatchSpec, 'definition' | 'params' | 'options'>,
  before: Draft,
): Partial<Draft> {
  const task = taskDraft(definition);
  // The key is that of the definition as the draft describes it, in which what is at its default is left out.
  const described = definitionOf({ ...emptyDraft, ...task });
  const key = described && definitionKey(described);
  return {
    ...task,
    params: key === null ? before.params : { ...before.params, [key]: paramTexts(params) },
    options: optionTexts(options),
    queued: options.queued ?? false,
  };
}

function taskDraft(definition: TaskDefinition): Partial<Draft> {
  switch (definition.kind) {
    case 'builtin':
      return { task: 'builtin', builtin: definition.name };
    case 'command': {
      const { template, shell = false, stdin = false, cwd = '', out = '' } = definition;
      return { task: 'command', command: template, commandOptions: { shell, stdin, cwd, out } };
    }
    case 'module':
      return {
        task: 'file',
        file: definition.file,
        functionName: definition.function ?? '',
        interpreter: '',
      };
    case 'python':
      return {
        task: 'file',
        file: definition.file,
        functionName: definition.function ?? '',
        interpreter: definition.interpreter ?? '',
      };
  }
}

const paramTexts = (params: Params): ParamTexts =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? value : typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );

/** What the form shows for options; those at their defaults are left empty, as in a new batch. */
export function optionTexts(options: Partial<BatchOptions>): OptionTexts {
  const { timeoutMs, timeoutPercent, hangMs, retries, retryOn, retryDelayMs, halt } = options;
  const text = (value: number | undefined, scale = 1) => (value === undefined ? '' : String(value / scale));
  const hasRetries = (retries ?? 0) > 0;
  return {
    ...emptyOptions,
    workers: text(options.workers),
    concurrency: text(options.concurrency),
    chunkSize: typeof options.chunkSize === 'number' ? text(options.chunkSize) : '',
    timeout: timeoutPercent === undefined ? text(timeoutMs, 1000) : text(timeoutPercent),
    timeoutUnit: timeoutPercent === undefined ? 'seconds' : 'percent',
    hangSeconds: hangMs === 600_000 ? '' : text(hangMs, 1000),
    retries: hasRetries ? text(retries) : '',
    retryOn: retryOn ?? emptyOptions.retryOn,
    retryDelaySeconds: hasRetries && retryDelayMs !== 1000 ? text(retryDelayMs, 1000) : '',
    maxTasksPerWorker: text(options.maxTasksPerWorker),
    workerMemoryMb: text(options.maxWorkerMemoryBytes, 1_000_000),
    heapMb: text(options.heapMb),
    maxLoad: text(options.maxLoad),
    freeMemoryMb: text(options.minFreeMemoryBytes, 1_000_000),
    batteryWorkers: text(options.batteryWorkers),
    ...(halt
      ? {
          haltOn: halt.on,
          haltWhen: halt.when,
          haltUnit: halt.limit.unit,
          haltLimit: text(halt.limit.unit === 'tasks' ? halt.limit.tasks : halt.limit.percent),
        }
      : {}),
  };
}

/** Lines of a pasted text that the form shows as such; longer lists are kept as they are. */
const mostLines = 20_000;

/**
 * A draft's inputs. What the form has no fields for (several sources combined, values that are no lines) is kept
 * as it was given.
 * @param name of the batch that they are of.
 * @param count how many tasks it has.
 */
export function inputsDraft(source: InputSource, name: string, count: number): Partial<Draft> {
  switch (source.kind) {
    case 'files':
      return { inputs: 'files', paths: source.paths, typedPath: '', hidden: source.hidden ?? false };
    case 'range':
      return {
        inputs: 'range',
        range: { from: String(source.from), to: String(source.to), step: String(source.step) },
      };
    case 'rows': {
      const { file, format = '', delimiter = '', encoding = '', sheet = '', header = true } = source;
      return {
        inputs: 'rows',
        rowsFrom: 'file',
        rowsFile: file,
        table: { ...emptyTable, format, delimiter, encoding, sheet, header },
      };
    }
    case 'watch': {
      const { folder, pattern = '', existing = false, hidden = false } = source;
      return { inputs: 'watch', watch: { folder, pattern, existing, hidden } };
    }
    case 'list':
      if (source.values.length > mostLines || !source.values.every(isLine)) break;
      return { inputs: 'rows', rowsFrom: 'text', rowsText: source.values.join('\n') };
  }
  return { inputs: 'given', given: { source, name, count } };
}

const isLine = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && !/[\r\n]/.test(value);
