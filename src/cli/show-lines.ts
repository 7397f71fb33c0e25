import { type BatchSummary, hasEnded } from '../shared/batch.ts';
import type { ErrorGroups } from '../shared/contract/errors.ts';
import type { TaskDefinition } from '../shared/definition.ts';
import type { ErrorInfo } from '../shared/errors.ts';
import { formatBytes, formatDuration } from '../shared/format.ts';
import { givenCount, type InputSource } from '../shared/inputs.ts';
import type { AttemptOutcome } from '../shared/task.ts';
import type { Attempt, NextAttempt, TaskDetail } from '../shared/views.ts';
import { type Commands, endSentence, nextLines } from './end-lines.ts';
import { errorText, failureLines } from './failures.ts';
import { optionWords } from './option-words.ts';
import { oneLine, printable } from './printable.ts';
import { figuresOf } from './progress/figures.ts';
import { plainLine } from './progress/plain-line.ts';
import { dateAndTimeWithSeconds } from './when.ts';

const mostGroups = 20;

/** A batch and its failures, for people. */
export function batchLines(
  batch: BatchSummary,
  failures: ErrorGroups,
  width: number,
  commands: Commands,
  now = Date.now(),
): string[] {
  const { id, name, state, spec, startedAt, createdAt, error, notice, warnings, counts, bytes } = batch;
  const first = failures.groups[0];
  const which = counts.failed === 1 ? 'it' : 'one';
  const next = [
    ...(first ? [`See ${which} with: ${commands('show', id, `--task ${first.index}`)}`] : []),
    ...nextLines(batch, commands),
  ];
  return [
    `Batch ${id}: ${printable(name)}`,
    field('state', state),
    field('task', taskText(spec.definition)),
    ...Object.entries(spec.params).map(([key, value]) => field('param', `${key}=${String(value)}`)),
    field('inputs', inputsText(spec.inputs)),
    ...optionWords(spec.options).map((words) => field('option', words)),
    field('started', dateAndTimeWithSeconds(startedAt ?? createdAt)),
    field('size', formatBytes(bytes)),
    ...(error ? errorLines(error).map((line) => field('error', line)) : []),
    ...(notice ? [field('notice', oneLine(notice.message, 500))] : []),
    ...warnings.map((sentence) => field('warning', oneLine(sentence, 500))),
    '',
    hasEnded(state) ? endSentence(batch) : plainLine(figuresOf(batch, now)),
    ...(counts.failed > 0 ? failureLines(failures, mostGroups, width) : []),
    ...(next.length > 0 ? ['', ...next] : []),
  ];
}

/** One task with all that is known of it, for people. */
export function taskLines(
  detail: TaskDetail,
  batch: Pick<BatchSummary, 'id' | 'name'>,
  now = Date.now(),
): string[] {
  const { index, input, state, value, error, attempts, retry, progress, output, outputCut } = detail;
  const text = output.map((piece) => piece.text).join('');
  return [
    `Task ${index} of batch ${batch.id}: ${printable(batch.name)}`,
    field('input', printable(input)),
    field('state', state),
    ...(progress
      ? [field('progress', `${Math.floor(progress.fraction * 100)}% ${progress.message ?? ''}`)]
      : []),
    ...attempts.map((attempt) => field('attempt', attemptText(attempt))),
    ...(retry ? [field('next', nextText(retry, now))] : []),
    ...(value === null ? [] : [field('result', printable(value))]),
    ...(error ? ['', ...errorLines(error), ...lastWords(error)] : []),
    ...(text === ''
      ? []
      : ['', outputCut ? 'Output (its last part):' : 'Output:', ...printable(text).trimEnd().split('\n')]),
  ];
}

/** `2: crash (SIGSEGV), worker 3, 2026-03-01 20:08:11, 2.4 s` */
function attemptText({ attempt, outcome, worker, startedAt, ms, error }: Attempt): string {
  const why = whyOf(outcome, error);
  return [
    `${attempt}: ${outcome}${why ? ` (${oneLine(why, 80)})` : ''}`,
    worker !== null && `worker ${worker}`,
    startedAt !== null && dateAndTimeWithSeconds(startedAt),
    ms !== null && formatDuration(ms),
  ]
    .filter(Boolean)
    .join(', ');
}

/** What a worker that crashed printed last, which is no task's output. */
function lastWords({ fields }: ErrorInfo): string[] {
  if (typeof fields?.lastOutput !== 'string') return [];
  return ['', 'Its worker said last:', ...printable(fields.lastOutput).trimEnd().split('\n')];
}

/** In a few words: how a crash ended its worker, which error it was, how long was too long. */
function whyOf(outcome: AttemptOutcome, error: ErrorInfo | null): string | null {
  if (!error || outcome === 'canceled') return null;
  if (outcome === 'crash' && typeof error.fields?.how === 'string') return error.fields.how;
  return outcome === 'timeout' ? error.message : errorText(error);
}

const nextText = ({ attempt, of, at }: NextAttempt, now: number): string =>
  `attempt ${attempt} of ${of}, in ${formatDuration(Math.max(0, at - now))}`;

const field = (name: string, text: string): string => `  ${name.padEnd(9)}${text}`;

/** What is done to each input: a built-in's name, a command's template or a file. */
export function taskText(definition: TaskDefinition): string {
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
    case 'watch': {
      const { folder, pattern } = inputs;
      return `new files of ${printable(folder)}${pattern === undefined ? '' : ` that match ${printable(pattern)}`}`;
    }
    case 'list':
      return `${givenCount(inputs)} values`;
    default:
      return `${inputs.sources.length} sources combined`;
  }
}

/** What the pool says in other words of how a worker ended. */
const wordsOfEnd = new Set(['how', 'exitCode', 'signal', 'reason', 'lastOutput']);

/** An error's code and its own fields. */
function ownLines({ code, fields = {} }: ErrorInfo): string[] {
  const own = Object.entries({ ...(code === undefined ? {} : { code }), ...fields });
  return own
    .filter(([name]) => !wordsOfEnd.has(name))
    .map(
      ([name, value]) =>
        `    ${name}: ${oneLine(typeof value === 'string' ? value : JSON.stringify(value), 500)}`,
    );
}

/** An error with its stack, its own fields and its causes. */
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
  return [...printable(text).split('\n'), ...where, ...ownLines(error), ...cause];
}
