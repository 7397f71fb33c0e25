import { z } from 'zod';

/**
 * Input sources: where a batch's inputs come from. They are enumerated lazily, in the order that they are
 * given; folders are walked in the order of their names.
 */

/** How many were given, where the batch keeps only the first of them: the engine fills it in. */
const given = z.int().min(0).optional();

const filesSource = z.object({
  kind: z.literal('files'),
  /** Absolute or relative paths of files and folders, and globs. Folders are walked with their subfolders. */
  paths: z.array(z.string().min(1)).min(1),
  /** Take hidden files and folders (a leading dot) of folders and globs too. Default: no. */
  hidden: z.boolean().optional(),
  given,
});

const rangeSource = z.object({
  kind: z.literal('range'),
  /** As Python's `range(from, to, step)`: `from` is in, `to` is out. */
  from: z.int(),
  to: z.int(),
  step: z
    .int()
    .refine((step) => step !== 0, 'The step of a range cannot be 0.')
    .default(1),
});

const rowsSource = z.object({
  kind: z.literal('rows'),
  /** A file's path, or `-` for the host's standard input (command line only). */
  file: z.string().min(1),
  /** The file's format; told from its name where absent. */
  format: z.enum(['lines', 'csv', 'tsv', 'json', 'jsonl', 'parquet', 'xlsx']).optional(),
  delimiter: z.string().length(1).optional(),
  encoding: z.string().optional(),
  /** Sheet of a workbook, by name; the first where absent. */
  sheet: z.string().optional(),
  /** The first row names the columns. Default: yes, for the formats that have columns. */
  header: z.boolean().optional(),
});

const listSource = z.object({
  kind: z.literal('list'),
  values: z.array(z.json()),
  given,
});

const simpleSource = z.discriminatedUnion('kind', [filesSource, rangeSource, rowsSource, listSource]);

/**
 * A folder that is watched: each new complete file in it, or in a folder in it, becomes a task, until the batch is
 * closed. A file is taken again only when its content was changed (its size, or when it was written); the same
 * content under another name is another file.
 */
const watchSource = z.object({
  kind: z.literal('watch'),
  /** Made absolute when the batch is submitted. */
  folder: z.string().min(1),
  /** A glob that names have to match; with a slash in it, paths below the folder. Default: all files. */
  pattern: z.string().min(1).optional(),
  /** Take the files too that are there already. Default: no. */
  existing: z.boolean().optional(),
  /** Take hidden files and folders (a leading dot) too. Default: no. */
  hidden: z.boolean().optional(),
  /** A file is complete when it has not changed for this long, milliseconds; one renamed into place is at once. */
  settleMs: z.number().min(0).max(3_600_000).default(2000),
  /** Folders in it that are passed over: the engine fills in where the batch's own outputs go. */
  except: z.array(z.string()).optional(),
});

/** Several sources combined: all pairs (`:::` of GNU parallel) or in step (`:::+`). Each input is an array. */
const combinedSource = z.object({
  kind: z.enum(['product', 'zip']),
  sources: z.array(simpleSource).min(2),
});

export const inputSourceSchema = z.discriminatedUnion('kind', [
  filesSource,
  rangeSource,
  rowsSource,
  listSource,
  watchSource,
  combinedSource,
]);
export type InputSource = z.infer<typeof inputSourceSchema>;
export type FilesSource = z.infer<typeof filesSource>;
export type RangeSource = z.infer<typeof rangeSource>;
export type RowsSource = z.infer<typeof rowsSource>;
export type ListSource = z.infer<typeof listSource>;
export type WatchSource = z.infer<typeof watchSource>;
/** Sources that have an end of their own. */
export type FiniteSource = Exclude<InputSource, WatchSource>;

/** How many numbers a range holds, as Python's `len(range(from, to, step))`. */
export function rangeLength({ from, to, step }: Pick<RangeSource, 'from' | 'to' | 'step'>): number {
  return Math.max(0, Math.ceil((to - from) / step));
}

/** Whether a batch keeps only the first of its paths or values: the others have to be asked for. */
export const isCut = (source: InputSource): boolean => 'given' in source && source.given !== undefined;

/** How many paths or values were given, kept or not. */
export function givenCount(source: FilesSource | ListSource): number {
  return source.given ?? (source.kind === 'files' ? source.paths : source.values).length;
}

/** What the window shows of an input source before the batch runs. */
export interface InputPreview {
  /** Inputs found so far; exact where `complete`. Of a watched folder: the files that are there now. */
  count: number;
  /** False where counting stopped early because there are very many. */
  complete: boolean;
  /** Bytes of the files, where the inputs are files; null otherwise. */
  bytes: number | null;
  /** The first inputs, as the task will receive them. */
  first: unknown[];
  /** Column names, where the inputs are rows. */
  columns?: string[];
  /** What was passed over, and why, a sentence each (a loop of links, an unreadable folder, …). */
  warnings: string[];
}
