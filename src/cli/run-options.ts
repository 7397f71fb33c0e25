import { extname, resolve } from 'node:path';
import { type ExportFormat, exportFormats } from '../shared/contract.ts';
import type { TaskDefinition } from '../shared/definition.ts';
import type { InputSource } from '../shared/inputs.ts';
import { formatOf } from '../shared/row-format.ts';
import { parseRange } from './range.ts';
import type { ExportTarget } from './requests.ts';
import { usageError } from './usage-error.ts';

/** The options of `run` that say what is done; as typed. */
export interface DefinitionOptions {
  task?: string;
  builtin?: string;
  command?: string;
  function?: string;
  interpreter?: string;
  shell?: boolean;
  stdin?: boolean;
  cwd?: string;
  env?: [name: string, value: string][];
  out?: string;
}

/** The options of `run` that say to what; as typed. */
export interface InputOptions {
  rows?: string;
  range?: string;
  watch?: string;
  pattern?: string;
  existing?: boolean;
  /** Milliseconds. */
  settle?: number;
  hidden?: boolean;
  /** One character, or `tab`. */
  delimiter?: string;
  encoding?: string;
  sheet?: string;
  header?: boolean;
}

const moduleExtensions = ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'];

/** A task file as a definition; its extension says which kind. The file itself is checked by the engine. */
export function fileDefinition(file: string, functionName: string | undefined, cwd: string): TaskDefinition {
  const path = resolve(cwd, file);
  const extension = extname(file).toLowerCase();
  const named = functionName === undefined ? {} : { function: functionName };
  if (moduleExtensions.includes(extension)) return { kind: 'module', file: path, ...named };
  if (extension === '.py') return { kind: 'python', file: path, ...named };
  throw usageError(
    `${file} is not a task file: its name has to end in ${moduleExtensions.join(', ')} or .py. ` +
      'To run a program on each input, use --command.',
  );
}

/** Exactly one of `--task`, `--builtin` and `--command`. */
export function definitionOf(options: DefinitionOptions, cwd: string): TaskDefinition {
  const given = (['task', 'builtin', 'command'] as const).filter((option) => options[option] !== undefined);
  if (given.length === 0) {
    throw usageError(
      'What should be done to each input? Give --task FILE, --builtin NAME or --command TEMPLATE.',
    );
  }
  if (given.length > 1) throw usageError(`Give one of ${given.map((name) => `--${name}`).join(' and ')}.`);
  if (options.function !== undefined && options.task === undefined) {
    throw usageError('--function names a function of a task file: give it together with --task FILE.');
  }
  if (options.interpreter !== undefined && options.task === undefined) {
    throw usageError('--interpreter goes with --task FILE.py.');
  }
  const ofCommand = (['shell', 'stdin', 'cwd', 'env', 'out'] as const).find(
    (name) => options[name] !== undefined,
  );
  if (ofCommand && options.command === undefined) throw usageError(`--${ofCommand} goes with --command.`);
  if (options.task !== undefined) return taskDefinition(options.task, options, cwd);
  if (options.builtin !== undefined) return { kind: 'builtin', name: options.builtin };
  if (options.command?.trim()) return commandDefinition(options.command, options, cwd);
  throw usageError("--command takes a template, for example --command 'gzip -k {}'.");
}

function taskDefinition(file: string, options: DefinitionOptions, cwd: string): TaskDefinition {
  const definition = fileDefinition(file, options.function, cwd);
  if (options.interpreter === undefined) return definition;
  if (definition.kind !== 'python') throw usageError('--interpreter goes with a Python file.');
  return { ...definition, interpreter: options.interpreter };
}

function commandDefinition(template: string, options: DefinitionOptions, cwd: string): TaskDefinition {
  const { shell, stdin, env, out } = options;
  const all = {
    shell,
    stdin,
    cwd: options.cwd === undefined ? undefined : resolve(cwd, options.cwd),
    env: env && Object.fromEntries(env),
    out: out === undefined ? undefined : resolve(cwd, out),
  };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return { kind: 'command', template, ...given };
}

/** Exactly one kind of input. Relative paths stay as typed: the engine resolves them against `cwd`. */
export function inputsOf(
  paths: readonly string[],
  options: InputOptions,
  combined: InputSource | null,
): InputSource {
  const given = [
    combined !== null && ':::',
    paths.length > 0 && 'INPUT',
    options.rows !== undefined && '--rows',
    options.range !== undefined && '--range',
    options.watch !== undefined && '--watch',
  ].filter((kind) => kind !== false);
  if (given.length === 0) {
    throw usageError(
      'What are the inputs? Name files, folders or globs, or give --rows FILE, --range A..B or --watch DIR.',
    );
  }
  if (given.length > 1) throw usageError(`Give one kind of input, not ${given.join(' and ')} together.`);
  if (options.hidden && paths.length === 0 && options.watch === undefined) {
    throw usageError('--hidden goes with files and folders.');
  }
  const ofWatch = (['pattern', 'existing', 'settle'] as const).find((name) => options[name] !== undefined);
  if (ofWatch && options.watch === undefined) throw usageError(`--${ofWatch} goes with --watch.`);
  const [ofRows] = rowsFlags(options);
  if (ofRows && options.rows === undefined) throw usageError(`${ofRows.flag} goes with --rows.`);
  if (combined !== null) return combined;
  if (options.watch !== undefined) return watchSource(options.watch, options);
  if (options.range !== undefined) return parseRange(options.range);
  if (options.rows !== undefined) {
    if (options.rows === '') throw usageError('--rows takes a file, or - for standard input.');
    return rowsSource(options.rows, options);
  }
  if (paths.includes('')) throw usageError('An INPUT is empty: name a file, a folder or a glob.');
  return { kind: 'files', paths: [...paths], ...(options.hidden ? { hidden: true } : {}) };
}

function watchSource(folder: string, { pattern, existing, hidden, settle }: InputOptions): InputSource {
  if (folder === '') throw usageError('--watch takes a folder.');
  if (pattern === '') throw usageError("--pattern takes a glob, for example '*.jpg'.");
  return {
    kind: 'watch',
    folder,
    ...(pattern === undefined ? {} : { pattern }),
    ...(existing ? { existing } : {}),
    ...(hidden ? { hidden } : {}),
    settleMs: settle ?? 2000,
  };
}

/** The options that say how rows are read, and the files that each is for. */
const rowsOptions = [
  { key: 'delimiter', flag: '--delimiter', formats: ['csv', 'tsv'], files: 'a table of text (.csv, .tsv)' },
  {
    key: 'encoding',
    flag: '--encoding',
    formats: ['lines', 'csv', 'tsv', 'json', 'jsonl'],
    files: 'a file of text',
  },
  { key: 'sheet', flag: '--sheet', formats: ['xlsx'], files: 'a workbook (.xlsx)' },
  {
    key: 'header',
    flag: '--no-header',
    formats: ['csv', 'tsv', 'xlsx'],
    files: 'a table (.csv, .tsv, .xlsx)',
  },
] as const;

/** Those that were given. */
const rowsFlags = (options: InputOptions) =>
  rowsOptions.filter(({ key }) => (key === 'header' ? options.header === false : options[key] !== undefined));

function rowsSource(file: string, options: InputOptions): InputSource {
  const format = formatOf({ file });
  const wrong = rowsFlags(options).find(({ formats }) => !(formats as readonly string[]).includes(format));
  if (wrong) throw usageError(`${wrong.flag} goes with ${wrong.files}.`);
  const { delimiter, encoding, sheet, header } = options;
  const character = delimiter === 'tab' || delimiter === '\\t' ? '\t' : delimiter;
  if (character !== undefined && character.length !== 1) {
    throw usageError("--delimiter takes one character, for example ';', or the word tab.");
  }
  const all = { delimiter: character, encoding, sheet, header: header === false ? false : undefined };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return { kind: 'rows', file, ...given };
}

/** Where `--export FILE` writes; the name's extension is the format. */
export function exportTarget(file: string, cwd: string): ExportTarget {
  const extension = extname(file).toLowerCase().slice(1);
  const format = exportFormats.find((candidate) => candidate === extension);
  if (format) return { path: resolve(cwd, file), format: format satisfies ExportFormat };
  const known = exportFormats.map((format) => `.${format}`);
  const all = `${known.slice(0, -1).join(', ')} or ${known.at(-1)}`;
  throw usageError(`${file}: the name of an export has to end in ${all}.`);
}
