import type { TaskDefinition } from '../../shared/definition.ts';
import { type InputSource, rangeLength } from '../../shared/inputs.ts';
import { formatOf } from '../../shared/row-format.ts';
import { emptyOptions, type OptionTexts } from './option-texts.ts';
import { wholeNumber } from './read.ts';
import { emptyTable, rowsSource, type TableTexts } from './table-options.ts';

/** Everything that "New batch" holds, as it was typed; nothing in it is lost when a part is not valid yet. */
export interface Draft {
  name: string;
  inputs: 'files' | 'rows' | 'range' | 'watch' | 'given';
  /** Files, folders and globs. */
  paths: string[];
  /** A path or glob that is being typed. */
  typedPath: string;
  hidden: boolean;
  rowsFrom: 'file' | 'text';
  rowsFile: string;
  rowsText: string;
  /** How the file of rows is read. */
  table: TableTexts;
  range: { from: string; to: string; step: string };
  watch: { folder: string; pattern: string; existing: boolean; hidden: boolean };
  task: 'builtin' | 'file' | 'command';
  builtin: string;
  file: string;
  /** Of the task file: the function to call, and for Python the interpreter. */
  functionName: string;
  interpreter: string;
  command: string;
  commandOptions: { shell: boolean; stdin: boolean; cwd: string; out: string };
  /** Values of parameters, by the key of the definition and the parameter's name. */
  params: Record<string, ParamTexts>;
  options: OptionTexts;
  /** Start when the other batches are done. */
  queued: boolean;
  /** Inputs that were taken over from another batch as they are, with its name and how many they are. */
  given: { source: InputSource; name: string; count: number } | null;
}

export type ParamTexts = Record<string, string | boolean>;

export const emptyDraft: Draft = {
  name: '',
  inputs: 'files',
  paths: [],
  typedPath: '',
  hidden: false,
  rowsFrom: 'text',
  rowsFile: '',
  rowsText: '',
  table: emptyTable,
  range: { from: '0', to: '', step: '1' },
  watch: { folder: '', pattern: '', existing: false, hidden: false },
  task: 'builtin',
  builtin: '',
  file: '',
  functionName: '',
  interpreter: '',
  command: '',
  commandOptions: { shell: false, stdin: false, cwd: '', out: '' },
  params: {},
  options: emptyOptions,
  queued: false,
  given: null,
};

/** The input source that a draft describes; null while it describes none. */
export function sourceOf(draft: Draft): InputSource | null {
  switch (draft.inputs) {
    case 'files': {
      const typed = draft.typedPath.trim();
      const paths = typed === '' ? draft.paths : [...draft.paths, typed];
      if (paths.length === 0) return null;
      return { kind: 'files', paths, ...(draft.hidden ? { hidden: true } : {}) };
    }
    case 'rows': {
      if (draft.rowsFrom === 'file') {
        const file = draft.rowsFile.trim();
        return file === '' ? null : rowsSource(file, draft.table);
      }
      const values = linesOf(draft.rowsText);
      return values.length === 0 ? null : { kind: 'list', values };
    }
    case 'range': {
      const from = wholeNumber(draft.range.from);
      const to = wholeNumber(draft.range.to);
      const step = wholeNumber(draft.range.step);
      if (from === null || to === null || step === null || step === 0) return null;
      return { kind: 'range', from, to, step };
    }
    case 'watch': {
      const folder = draft.watch.folder.trim();
      const pattern = draft.watch.pattern.trim();
      if (folder === '') return null;
      return {
        kind: 'watch',
        folder,
        ...(pattern === '' ? {} : { pattern }),
        ...(draft.watch.existing ? { existing: true } : {}),
        ...(draft.watch.hidden ? { hidden: true } : {}),
        settleMs: 2000,
      };
    }
    case 'given':
      return draft.given?.source ?? null;
  }
}

/** The count of a source that can be counted without asking the host; null for the others. */
export function countOf(source: InputSource): number | null {
  if (source.kind === 'range') return rangeLength(source);
  return source.kind === 'list' ? source.values.length : null;
}

/** Lines of a pasted text, without the empty ones. */
export function linesOf(text: string): string[] {
  // The text can be megabytes, and is asked for by all that is drawn.
  if (text !== split.text) split = { text, lines: text.split(/\r\n|\n|\r/).filter((line) => line !== '') };
  return split.lines;
}
let split: { text: string; lines: string[] } = { text: '', lines: [] };

/** The task definition that a draft describes; null while it describes none. */
export function definitionOf(draft: Draft): TaskDefinition | null {
  switch (draft.task) {
    case 'builtin':
      return draft.builtin === '' ? null : { kind: 'builtin', name: draft.builtin };
    case 'file': {
      const file = draft.file.trim();
      if (file === '') return null;
      const name = draft.functionName.trim();
      const named = name === '' ? {} : { function: name };
      if (!isPython(file)) return { kind: 'module', file, ...named };
      const interpreter = draft.interpreter.trim();
      return { kind: 'python', file, ...named, ...(interpreter === '' ? {} : { interpreter }) };
    }
    case 'command': {
      const template = draft.command.trim();
      if (template === '') return null;
      const { shell, stdin, cwd, out } = draft.commandOptions;
      return {
        kind: 'command',
        template,
        ...(shell ? { shell } : {}),
        ...(stdin ? { stdin } : {}),
        ...(cwd.trim() === '' ? {} : { cwd: cwd.trim() }),
        ...(out.trim() === '' ? {} : { out: out.trim() }),
      };
    }
  }
}

/** One text for one definition, to remember its parameters by. */
export const definitionKey = (definition: TaskDefinition): string => JSON.stringify(definition);

const extensionOf = (path: string): string => /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';

export const isPython = (path: string): boolean => extensionOf(path) === 'py';

const taskExtensions = new Set(['js', 'mjs', 'cjs', 'ts', 'mts', 'cts', 'py']);
const lineExtensions = new Set(['txt', 'lst', 'list']);

/** What a dropped path most likely is meant as. `lines` is only a suggestion: the file itself may be meant. */
export function roleOf(path: string): 'task' | 'rows' | 'lines' | 'input' {
  if (taskExtensions.has(extensionOf(path))) return 'task';
  const format = formatOf({ file: path });
  if (format === 'json') return 'lines';
  if (format !== 'lines') return 'rows';
  return lineExtensions.has(extensionOf(path.replace(/\.gz$/i, ''))) ? 'lines' : 'input';
}

/** The last part of a path, of any platform. */
export const baseName = (path: string): string => /[^/\\]+(?=[/\\]*$)/.exec(path)?.[0] ?? path;
