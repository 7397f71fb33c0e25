/** The parts of `--help` that are prose. Widths stay under 80 columns. */

export const programSummary =
  'Poolboard runs a task on each of many inputs, on every core: files, rows or a\n' +
  'range go in, one result each comes out, and every batch is kept.';

export const programHelp = `
Examples:
  poolboard run photos --builtin hash
  poolboard run --range 0..1000 --task square.js --export squares.csv
  poolboard list
  poolboard resume
  poolboard retry --failed
  poolboard serve

Batches and results are kept in the folder of --data-dir, else in that of the
variable POOLBOARD_DATA_DIR, else in one of this user's, the same as the
window's; the help of each command shows which.

poolboard COMMAND --help tells all about a command.`;

const exitStatuses = `
Exit status:
  0        all tasks of the batch succeeded
  1..100   that many tasks failed; 101: more than 100. Tasks that were skipped
           count as neither
  2        wrong usage, or the batch could not start or go on
  130      canceled
  143 129  left after SIGTERM or SIGHUP, to be resumed`;

const progressKinds = `
Progress on standard error:
  auto     a bar on a terminal, plain lines elsewhere (default)
  plain    a line every few seconds
  json     JSON lines for programs: "event" is start, progress, warning, end or
           error. start, progress and end carry batch, state, total,
           enumerated, pending, running, succeeded, failed, canceled, skipped,
           retrying (waiting for their next attempt; counted in pending too),
           notice (the code of what keeps the batch from going on, or null),
           rate (tasks a second), elapsedMs, etaLowMs, etaHighMs; end has
           exitStatus too. warning and error have message, and code or not
  none     only warnings and errors`;

const interrupts = `
Ctrl-C cancels: running tasks are asked to stop. Ctrl-C again ends them at
once. SIGTERM and SIGHUP leave the batch: it is interrupted. Either way, as
after a crash, what has ended is kept, and poolboard resume finishes the batch.`;

export const runHelp = `
Results are one JSON object a line on standard output, in the order in which
the tasks end, each as soon as it is on disk:
  {"index":0,"input":"/a","status":"succeeded","value":…,"attempts":1,"ms":3.1}
A failed task has "error" (name, message, stack, …) in place of "value". All
else goes to standard error. What tasks print is kept with their batch and is
not mixed into either; read it with: poolboard show BATCH --task INDEX

A command TEMPLATE runs without a shell: no file's name is ever taken for code.
  {} the input   {.} without extension   {/} last part   {//} folder
  {/.} last part without extension   {#} task number   {%} slot
  {1} {column} of a row
Without any of them, the input is added at the end. With --shell it runs in the
shell, with every value quoted for it.

Several sources of inputs, in GNU parallel's words, after all options:
  ::: A B ::: C D    values; an input is one of [A,C] [A,D] [B,C] [B,D]
  ::: A B :::+ C D   in step: [A,C] [B,D]
  :::: FILE          the lines of a file, in place of values

With --watch, each new file in DIR and its folders becomes a task once it is
complete: when it has not changed for --settle seconds (default 2), or was
renamed into place. Temporary files of browsers, downloaders, rsync and editors
are passed over. A file is taken again when its content was changed: its size,
or when it was written. The same content under another name is another file.
A GLOB without a slash matches names in all folders, one with a slash paths
below DIR. The first Ctrl-C takes no more files and finishes those that there
are; the second one cancels, the third one ends at once. If it is interrupted,
poolboard resume goes on with what came meanwhile.

SIZE is in bytes; K, M, G and T are a thousand, a million and so on: 500M,
1.5G, 512K, 4096. Times are seconds and may have a fraction.

Workers:
  --max-tasks-per-worker, --max-memory-per-worker   A worker is replaced
  between tasks; what it runs ends first. The memory is that of the worker's
  process; at least 1M.
  --heap-limit   16M or more, in whole megabytes. A task of JavaScript that
  needs more crashes with OUT_OF_MEMORY; other tasks have no heap of this kind.

Attempts:
  --timeout   Counted from the start of the attempt, not while the task waits
  for a worker. The task is asked to stop, then it and all processes that it
  started are killed. N% is of the median time of the tasks that have succeeded
  so far: it holds once three have, and never below 0.1 seconds. Give the
  option twice for both; the shorter one counts.
  --hang-timeout   For tasks that block their worker for good, in native code
  for example. The attempt is a crash. Commands and anything that waits are
  alive.
  --retries N   A task has N + 1 attempts, each of which is kept. A task that
  has crashed three workers has failed, whatever N is. --retry-on and
  --retry-delay go with it.
  --retry-on   error: the task failed by itself; timeout: see above; crash: its
  worker died under it. What is canceled is never tried again.
  --retry-delay   From 0 to 3600. Doubled for each further attempt, up to a
  minute or this, whichever is longer. Up to half of it is left out at random,
  so that what failed together does not come back together.
  --halt   As GNU parallel has it: WHEN,WHY=N or WHEN,WHY=N%.
    WHEN   now: running tasks are asked to stop, then killed; soon: they end
    WHY    fail, success or done: tasks that failed, succeeded, ended anyhow
    N      that many tasks, or a share of all tasks of the batch. A share
           counts once all inputs are known, and for fail and success takes at
           least three tasks
  So now,fail=1 stops at the first failure, soon,done=10% after a tenth of all.
  A task has failed after its last attempt. Tasks that were not started are
  skipped; the batch is completed, with a warning. Default: never. Short forms:
  0 never, 1 soon,fail=1, 2 now,fail=1, -1 soon,success=1, -2 now,success=1,
  N% soon,fail=N%.

Machine:
  --load, --memfree   No task is started meanwhile, with a warning; tasks that
  run are left to end. The load average is that of the last minute, as uptime
  tells it; Windows has none, and there --load does nothing.
  --nice   Added to the niceness of all that tasks run; of this run only, it is
  not kept with the batch.
  --battery-workers   1 to 256, and never more than there are otherwise. Known
  on Linux and macOS; elsewhere a batch runs on battery as it does on mains.
Where the disk is full, or the drive of the inputs is away, the batch is paused
with a warning, and goes on by itself when that has passed. Nothing is lost.
${interrupts}
${progressKinds}
${exitStatuses}

Examples:
  poolboard run photos '*.tif' --builtin hash --param algorithm=sha256
  poolboard run --range 0..1000000 --task square.ts --ordered > squares.jsonl
  cat urls.txt | poolboard run --rows - --builtin http-check --timeout 10
  poolboard run --watch ~/Downloads --pattern '*.pdf' --builtin hash
  poolboard run reports --task words.mjs --param min=3 --export words.csv
  poolboard run --rows urls.txt --builtin http-check --retries 3
  poolboard run --range 0..500 --task a.py --timeout 300% --halt soon,fail=5%
  poolboard run --command 'convert {1} -resize {2} {out}/{1/.}-{2}.png' \\
                --out small ::: a.png b.png ::: 320 640`;

export const resumeHelp = `
Without BATCH, the latest that was interrupted: its program was killed,
crashed, or left it after SIGTERM. Tasks that have ended keep their results;
those that were running are attempted again. With BATCH, one that was canceled
is finished too; what was running when it was canceled ended by that, and
poolboard retry runs it again. The batch runs with the settings that it was
submitted with: task, parameters, workers, timeouts, retries.

Printed are the results of the tasks that end now, as poolboard run prints
them. With --ordered and --export it is all results of the batch, those from
before too, so that the output is that of a run without interruption. Without
them, a result that was on disk and not yet printed when its program was killed
stays unprinted; poolboard export has it. The exit status counts failed tasks
of the whole batch.

A batch that another program still runs, or of which all tasks have ended,
cannot be resumed: exit status 2.
${interrupts}
${progressKinds}
${exitStatuses}

Examples:
  poolboard resume
  poolboard resume 12 --ordered > results.jsonl`;

export const retryHelp = `
Without BATCH, the latest batch that has something to retry. Without --failed
and --error, all tasks run again that did not succeed: that failed, were
canceled or were skipped. The batch runs with the settings that it was
submitted with, and each task has all of its attempts again; former attempts
are kept and shown.

GROUP is the number of a group of failures as poolboard show lists it, or a
text that the group's first error (name: message) contains, ignoring case.
Where no group has it, or several have, the groups are listed and nothing runs.

Printed are the results of the tasks that end now, as poolboard run prints
them. With --ordered and --export it is all results of the batch. The exit
status counts failed tasks of the whole batch.
${interrupts}
${progressKinds}
${exitStatuses}

Examples:
  poolboard retry --failed
  poolboard retry 12 --error 2
  poolboard retry 12 --error ENOENT --export all.csv`;

export const listHelp = `
Batches are listed newest first. Times are of this machine's clock. SIZE is
about what a batch takes on the disk; it is left out where the terminal is too
narrow.

Examples:
  poolboard list --search interrupted
  poolboard list --search hash --json`;

export const deleteHelp = `
It asks nothing. It is all or none: where one of them does not exist or still
runs, nothing is deleted. From the command line it is final: the window can
bring batches back that it has deleted, this program ends before that. The room
on the disk is free again ten minutes later, once Poolboard runs then.

Example:
  poolboard delete 3 4 7`;

export const showHelp = `
Without BATCH, the latest batch. Failed tasks are grouped by their error and
its place: errors of one line that differ in names and numbers only are one
group. The groups are numbered, largest first, for poolboard retry --error;
where more than 20,000 tasks failed, they are those of the first 20,000.
Options are shown as poolboard run takes them, those at their defaults are not.

Of a task, each attempt is shown with its outcome, and why: for a crash the
signal or exit status of its worker, and what the worker itself said last.

Examples:
  poolboard show
  poolboard show 12 --task 7310`;

export const exportHelp = `
Without BATCH, the latest batch; without a file, JSON lines on standard output.
The file's name says the format; it appears whole or not at all.

  .csv .json .jsonl  a row or an object for each task, with its value as JSON
  .parquet .xlsx     a table: objects spread into columns by their keys, typed;
                     a sheet of Excel holds 1,048,575 rows
  .html              a report to read: summary, errors, timeline, charts and
                     the first 200 rows, in one file that needs nothing else

Examples:
  poolboard export 12 -o results.csv
  poolboard export 12 -o report.html
  poolboard export --filter failed`;

export const tasksHelp = `
Without FILE, lists the built-in tasks. With FILE, loads it and tells its
parameters; no task runs.

Examples:
  poolboard tasks
  poolboard tasks resize.ts`;

export const serveHelp = `
Opens Poolboard's window in the browser. Only this machine can reach it, and
only with the key in the address that is printed: the one line on standard
output. Ctrl-C ends it; batches that run then are marked as interrupted, and
the window or poolboard resume finishes them.`;
