/** The parts of `--help` that are prose. Widths stay under 80 columns. */

export const programSummary =
  'Poolboard runs a task on each of many inputs, on every core: files, rows or a\n' +
  'range go in, one result each comes out, and every batch is kept.';

export const programHelp = `
Examples:
  poolboard run photos --builtin hash
  poolboard run --range 0..1000 --task square.js --export squares.csv
  poolboard list
  poolboard serve

poolboard COMMAND --help tells all about a command.`;

const exitStatuses = `
Exit status:
  0        all tasks succeeded
  1..100   that many tasks failed; 101: more than 100
  2        wrong usage, or the batch could not start or go on
  130      canceled`;

export const runHelp = `
Results are one JSON object a line on standard output, in the order in which the
tasks end, each as soon as it is on disk:
  {"index":0,"input":"/a.txt","status":"succeeded","value":…,"attempts":1,"ms":3.1}
A failed task has "error" (name, message, stack, …) in place of "value". All else
goes to standard error. What tasks print is kept with their batch and is not mixed
into either; read it with: poolboard show BATCH --task INDEX

A command TEMPLATE runs without a shell: names of files are never taken for code.
  {} the input   {.} without extension   {/} last part   {//} folder   {/.} last
  part without extension   {#} task number   {%} slot   {1} {column} of a row
Without any of them, the input is added at the end. With --shell it runs in the
shell, with every value quoted for it.

Several sources of inputs, in GNU parallel's words, after all options:
  ::: A B ::: C D    values; an input is one of [A,C] [A,D] [B,C] [B,D]
  ::: A B :::+ C D   in step: [A,C] [B,D]
  :::: FILE          the lines of a file, in place of values

Ctrl-C cancels: running tasks are asked to stop. Ctrl-C again ends them at once.

Progress on standard error:
  auto     a bar on a terminal, plain lines elsewhere (default)
  plain    a line every few seconds
  json     JSON lines for programs: "event" is start, progress, warning, end or
           error; progress and end carry batch, state, total, enumerated, pending,
           running, succeeded, failed, canceled, skipped, rate (tasks a second),
           elapsedMs, etaLowMs, etaHighMs; end has exitStatus too
  none     only warnings and errors
${exitStatuses}

Examples:
  poolboard run photos '*.tif' --builtin hash --param algorithm=sha256
  poolboard run --range 0..1000000 --task square.ts --ordered > squares.jsonl
  cat urls.txt | poolboard run --rows - --builtin http-check --timeout 10
  poolboard run reports --task words.mjs --param min=3 --export words.csv
  poolboard run --command 'convert {1} -resize {2} {out}/{1/.}-{2}.png' --out s \\
                ::: a.png b.png ::: 320 640`;

export const listHelp = `
Batches are listed newest first. Times are of this machine's clock.`;

export const showHelp = `
Without BATCH, the latest batch. Failed tasks are grouped by their error.

Examples:
  poolboard show
  poolboard show 12 --task 7310`;

export const exportHelp = `
Without BATCH, the latest batch; without a file, JSON lines on standard output.
The file's name says the format: .csv, .json or .jsonl. It appears whole or not
at all.

Examples:
  poolboard export 12 -o results.csv
  poolboard export --filter failed`;

export const tasksHelp = `
Without FILE, lists the built-in tasks. With FILE, loads it and tells its
parameters; no task runs.

Examples:
  poolboard tasks
  poolboard tasks resize.ts`;

export const serveHelp = `
Opens Poolboard's window in the browser. Only this machine can reach it, and only
with the key in the address that is printed: the one line on standard output.
Ctrl-C ends it; batches that run then are marked as interrupted.`;
