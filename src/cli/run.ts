import type { Engine } from '../engine/api.ts';
import { createEngine } from '../engine/create-engine.ts';
import { exportToFile, resultLine } from '../engine/export/index.ts';
import { forkLauncher } from '../engine/launchers/fork.ts';
import type { BatchSummary } from '../shared/batch.ts';
import { toErrorInfo } from '../shared/errors.ts';
import { taskQuerySchema } from '../shared/views.ts';
import { dryRun } from './dry-run.ts';
import { endSentence, showCommand } from './end-lines.ts';
import { exitStatusOf, exitUsage } from './exit-status.ts';
import { checkExportFile } from './export-check.ts';
import { failureLines, groupFailures } from './failures.ts';
import { hearInterrupts, type Interrupts } from './interrupts.ts';
import { createProgress } from './progress/create-progress.ts';
import type { Progress } from './progress/progress.ts';
import type { RunRequest } from './requests.ts';
import { createLineWriter } from './results/line-writer.ts';
import {
  createResultPrinter,
  type ResultPrinter,
  type ResultPrinterOptions,
} from './results/result-printer.ts';
import type { Terminal } from './terminal.ts';

const everything = taskQuerySchema.parse({});
const failed = taskQuerySchema.parse({ filter: 'failed' });
const shownFailures = 5;
/** Processes that do not end within this time are left to the operating system. */
const closeMs = 5000;

/** `poolboard run`. Resolves with the exit status. */
export async function run(request: RunRequest, terminal: Terminal, defaultDataDir: string): Promise<number> {
  if (request.dryRun) return dryRun(request, terminal);
  const progress = createProgress(request.progress, { out: terminal.stderr, env: terminal.env });
  const interrupts = hearInterrupts(terminal);
  let engine: Engine | undefined;
  try {
    if (request.exportTo) await checkExportFile(request.exportTo.path);
    engine = await createEngine({
      dataDir: request.dataDir,
      launcher: forkLauncher(),
      poolSize: request.options.workers,
    });
    return await runOn(engine, { request, terminal, progress, interrupts, defaultDataDir });
  } catch (error) {
    progress.error(toErrorInfo(error));
    return exitUsage;
  } finally {
    progress.close();
    await close(engine);
    interrupts.stop();
  }
}

interface Run {
  request: RunRequest;
  terminal: Terminal;
  progress: Progress;
  interrupts: Interrupts;
  defaultDataDir: string;
}

async function runOn(engine: Engine, run: Run): Promise<number> {
  const { request, terminal, progress, interrupts } = run;
  let batch: BatchSummary | undefined;
  let broken: NodeJS.ErrnoException | undefined;

  const printer = request.exportTo
    ? null
    : createPrinter(run, {
        readRows: (from) => engine.exportRows(batch!.id, everything, from),
        onBroken(error) {
          broken = error;
          if (batch) engine.cancel(batch.id).catch(() => {});
        },
      });
  if (request.inputs.kind === 'rows' && request.inputs.file === '-' && terminal.stdin.isTTY) {
    progress.say('Type an input a line; end with Ctrl-D.');
  }
  const submitted = engine.submit(
    {
      definition: request.definition,
      params: Object.fromEntries(request.params),
      inputs: request.inputs,
      options: request.options,
    },
    {
      stdin: terminal.stdin,
      onResults: printer ? (rows) => printer.add(rows) : undefined,
    },
  );
  const started = await Promise.race([submitted, interrupts.first]);
  if (typeof started === 'string') {
    submitted.catch(() => {});
    return interrupts.exitStatus();
  }

  batch = started;
  const { id } = batch;
  progress.start(batch);
  const unsubscribe = engine.on((event) => {
    if (event.type === 'batch' && event.batch.id === id) progress.update(event.batch);
  });
  const canceled = interrupts.first.then((interrupt) => {
    if (interrupt !== 'cancel') return;
    progress.say('Canceling: running tasks are asked to stop. Press Ctrl-C again to end them at once.');
    return engine.cancel(id);
  });
  canceled.catch(() => {});
  if (broken) engine.cancel(id).catch(() => {});

  const ended = await Promise.race([engine.ended(id), interrupts.last]);
  unsubscribe();
  if (typeof ended === 'string') {
    progress.say(`Batch ${id} was left before its end; what it has done is kept.`);
    return interrupts.exitStatus();
  }
  await Promise.race([printer?.finish(), interrupts.last]);
  return finish(engine, ended, run, broken);
}

function createPrinter(
  { request, terminal, progress }: Run,
  { readRows, onBroken }: { readRows: ResultPrinterOptions['readRows']; onBroken: (error: Error) => void },
): ResultPrinter {
  const writer = createLineWriter(terminal.stdout);
  // A terminal shows both: the results go above the bar.
  const shared = terminal.stdout.isTTY && terminal.stderr.isTTY;
  return createResultPrinter({
    writer: shared ? { ...writer, write: (text) => progress.aside(() => writer.write(text)) } : writer,
    line: resultLine,
    ordered: request.ordered,
    readRows,
    onBroken,
  });
}

/** Exports, and tells how it ended. Resolves with the exit status. */
async function finish(
  engine: Engine,
  ended: BatchSummary,
  { request, terminal, progress, defaultDataDir }: Run,
  broken: NodeJS.ErrnoException | undefined,
): Promise<number> {
  const { id } = ended;
  let status = exitStatusOf(ended);
  const lines = [endSentence(ended)];
  if (ended.counts.failed > 0) {
    const failures = await groupFailures(engine.exportRows(id, failed));
    lines.push(...failureLines(failures, shownFailures, terminal.stderr.columns ?? 200));
  }
  if (request.exportTo) {
    const { path, format } = request.exportTo;
    try {
      const rows = await exportToFile(engine.exportRows(id, everything), format, path);
      lines.push(`${rows} results are in ${path}.`);
    } catch (error) {
      status = exitUsage;
      progress.error(toErrorInfo(error));
      lines.push(`The results are kept; write them elsewhere with: poolboard export ${id} -o FILE`);
    }
  }
  // `| head` has seen enough: there is nothing to say about that.
  if (broken && broken.code !== 'EPIPE') {
    status = exitUsage;
    progress.error({ message: `Results cannot be written to standard output: ${broken.message}.` });
  }
  lines.push(`See all of it with: ${showCommand(id, request.dataDir, defaultDataDir)}`);
  progress.end(ended, status, lines);
  return status;
}

async function close(engine: Engine | undefined): Promise<void> {
  const timeout = Promise.withResolvers<void>();
  const timer = setTimeout(timeout.resolve, closeMs);
  await Promise.race([engine?.close(), timeout.promise]).catch(() => {});
  clearTimeout(timer);
}
