import { type BatchSummary, batchOptionsSchema } from '../shared/batch.ts';
import type { TaskDefinition } from '../shared/definition.ts';
import type { ErrorInfo } from '../shared/errors.ts';
import { formatDuration } from '../shared/format.ts';
import type { InputSource } from '../shared/inputs.ts';
import type { TaskDetail } from '../shared/views.ts';
import { endSentence } from './end-lines.ts';
import { type Failures, failureLines } from './failures.ts';
import { oneLine, printable } from './printable.ts';
import { figuresOf } from './progress/figures.ts';
import { plainLine } from './progress/plain-line.ts';
import { dateAndTimeWithSeconds } from './when.ts';

const mostGroups = 20;
const defaults: Record<string, unknown> = batchOptionsSchema.parse({});

/** A batch and its failures, for people. */
export function batchLines(
  batch: BatchSummary,
  failures: Failures,
  width: number,
  now = Date.now(),
): string[] {
  const { id, name, state, spec, startedAt, createdAt, endedAt, error, warnings, counts } = batch;
  const options = Object.entries(spec.options).filter(([key, value]) => value !== defaults[key]);
  const first = failures.groups[0];
  return [
    `Batch ${id}: ${printable(name)}`,
    field('state', state),
    field('task', taskText(spec.definition)),
    ...Object.entries(spec.params).map(([key, value]) => field('param', `${key}=${String(value)}`)),
    field('inputs', inputsText(spec.inputs)),
    ...options.map(([key, value]) => field('option', `${key}=${String(value)}`)),
    field('started', dateAndTimeWithSeconds(startedAt ?? createdAt)),
    ...(error ? errorLines(error).map((line) => field('error', line)) : []),
    ...warnings.map((sentence) => field('warning', oneLine(sentence, 500))),
    '',
    endedAt === null ? plainLine(figuresOf(batch, now)) : endSentence(batch),
    ...(counts.failed > 0 ? failureLines(failures, mostGroups, width) : []),
    ...(first
      ? ['', `See ${counts.failed === 1 ? 'it' : 'one'} with: poolboard show ${id} --task ${first.index}`]
      : []),
  ];
}

/** One task with all that is known of it, for people. */
export function taskLines(detail: TaskDetail, batch: Pick<BatchSummary, 'id' | 'name'>): string[] {
  const { index, input, state, value, error, attempts, progress, output, outputCut } = detail;
  const text = output.map((piece) => piece.text).join('');
  return [
    `Task ${index} of batch ${batch.id}: ${printable(batch.name)}`,
    field('input', printable(input)),
    field('state', state),
    ...(progress
      ? [field('progress', `${Math.floor(progress.fraction * 100)}% ${progress.message ?? ''}`)]
      : []),
    ...attempts.map(({ attempt, outcome, worker, startedAt, ms }) =>
      field(
        'attempt',
        [
          `${attempt}: ${outcome}`,
          worker !== null && `worker ${worker}`,
          startedAt !== null && dateAndTimeWithSeconds(startedAt),
          ms !== null && formatDuration(ms),
        ]
          .filter(Boolean)
          .join(', '),
      ),
    ),
    ...(value === null ? [] : [field('result', printable(value))]),
    ...(error ? ['', ...errorLines(error)] : []),
    ...(text === ''
      ? []
      : ['', outputCut ? 'Output (its last part):' : 'Output:', ...printable(text).trimEnd().split('\n')]),
  ];
}

const field = (name: string, text: string): string => `  ${name.padEnd(9)}${text}`;

function taskText(definition: TaskDefinition): string {
  if (definition.kind === 'builtin') return definition.name;
  if (definition.kind === 'command') return printable(definition.template);
  return (
    printable(definition.file) + (definition.function ? `, function ${printable(definition.function)}` : '')
  );
}

function inputsText(inputs: InputSource): string {
  switch (inputs.kind) {
    case 'files':
      return oneLine(inputs.paths.slice(0, 20).join(' '), 200);
    case 'range':
      return `${inputs.from}..${inputs.to}${inputs.step === 1 ? '' : `:${inputs.step}`}`;
    case 'rows':
      return `rows of ${inputs.file === '-' ? 'standard input' : printable(inputs.file)}`;
    case 'list':
      return `${inputs.values.length} values`;
    default:
      return `${inputs.sources.length} sources combined`;
  }
}

/** An error with its stack and its causes. */
function errorLines(error: ErrorInfo): string[] {
  const head = `${error.name}: ${error.message}`;
  const text = error.stack?.includes(error.message)
    ? error.stack
    : [head, error.stack].filter(Boolean).join('\n');
  const { place } = error;
  const where =
    place && !text.includes(place.file)
      ? [`    at ${[place.file, place.line].filter(Boolean).join(':')}`]
      : [];
  const cause = error.cause
    ? errorLines(error.cause).map((line, at) => (at === 0 ? `Caused by ${line}` : line))
    : [];
  return [...printable(text).split('\n'), ...where, ...cause];
}
