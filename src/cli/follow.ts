import type { Engine, SubmitOptions } from '../engine/api.ts';
import { createEngine } from '../engine/create-engine.ts';
import { resultLine } from '../engine/export/index.ts';
import { forkLauncher } from '../engine/launchers/fork.ts';
import type { BatchSummary } from '../shared/batch.ts';
import { toErrorInfo } from '../shared/errors.ts';
import { taskQuerySchema } from '../shared/views.ts';
import { type Commands, commandsFor } from './end-lines.ts';
import { exitUsage } from './exit-status.ts';
import { checkExportFile } from './export-check.ts';
import { finish } from './finish.ts';
import { hearInterrupts, type Interrupts } from './interrupts.ts';
import { createProgress } from './progress/create-progress.ts';
import type { Progress } from './progress/progress.ts';
import type { FollowRequest } from './requests.ts';
import { createLineWriter } from './results/line-writer.ts';
import {
  createResultPrinter,
  type ResultPrinter,
  type ResultPrinterOptions,
} from './results/result-printer.ts';
import type { Terminal } from './terminal.ts';

const everything = taskQuerySchema.parse({});
/** Processes that do not end within this time are left to the operating system. */
const closeMs = 5000;

/** Starts a batch, or lets one go on. */
export interface Start {
  /** Workers of the pool. Default: as many as the batch was submitted with, else the cores of this machine. */
  poolSize?: number;
  /** What to say first. */
  hint?: string;
  /** Of a batch that goes on: finds it. */
  find?: (engine: Engine) => Promise<BatchSummary>;
  /** @param former what was found. */
  begin: (engine: Engine, more: SubmitOptions, former: BatchSummary | null) => Promise<BatchSummary>;
}

/**
 * Starts a batch and follows it to its end: prints or exports its results, tells of its progress, and hears
 * interrupts. Resolves with the exit status; never throws.
 */
export async function follow(
  start: Start,
  request: FollowRequest,
  terminal: Terminal,
  defaultDataDir: string,
): Promise<number> {
  const { dataDir, exportTo, nice } = request;
  const commands = commandsFor(dataDir, defaultDataDir);
  const progress = createProgress(request.progress, { out: terminal.stderr, env: terminal.env, commands });
  const interrupts = hearInterrupts(terminal);
  let engine: Engine | undefined;
  try {
    if (exportTo) await checkExportFile(exportTo.path);
    engine = await createEngine({ dataDir, launcher: forkLauncher(), poolSize: start.poolSize, nice });
    return await followOn(engine, { start, request, terminal, progress, interrupts, commands });
  } catch (error) {
    progress.error(toErrorInfo(error));
    return exitUsage;
  } finally {
    progress.close();
    await close(engine);
    interrupts.stop();
  }
}

interface Following {
  start: Start;
  request: FollowRequest;
  terminal: Terminal;
  progress: Progress;
  interrupts: Interrupts;
  commands: Commands;
}

async function followOn(engine: Engine, following: Following): Promise<number> {
  const { start, request, terminal, progress, interrupts, commands } = following;
  let batch: BatchSummary | undefined;
  let broken: NodeJS.ErrnoException | undefined;

  const printer = request.exportTo
    ? null
    : createPrinter(following, {
        readRows: (from) => engine.exportRows(batch!.id, everything, from),
        onBroken(error) {
          broken = error;
          if (batch) engine.cancel(batch.id).catch(() => {});
        },
      });
  const onResults = printer ? (rows: Parameters<typeof printer.add>[0]) => printer.add(rows) : undefined;
  let former = null as BatchSummary | null;
  const begin = async () => {
    former = (await start.find?.(engine)) ?? null;
    const { workers } = former?.spec.options ?? {};
    if (workers !== undefined) engine.setPoolSize(workers);
    return start.begin(engine, { stdin: terminal.stdin, onResults }, former);
  };
  if (start.hint) progress.say(start.hint);
  const beginning = begin();
  const began = await Promise.race([beginning, interrupts.first]);
  if (typeof began === 'string') {
    beginning.catch(() => {});
    return interrupts.exitStatus();
  }

  batch = began;
  const { id } = batch;
  const told = former ? sinceThen(former, Date.now()) : (summary: BatchSummary) => summary;
  progress.start(told(batch));
  const unsubscribe = engine.on((event) => {
    if (event.type === 'batch' && event.batch.id === id) progress.update(told(event.batch));
  });
  if (former && request.ordered) printer?.addFormer();
  const { inputs } = batch.spec;
  if (inputs.kind === 'watch' && !batch.enumerated) {
    interrupts.makeGentle();
    progress.say(`Watching ${inputs.folder}. Press Ctrl-C to finish.`);
    const finished = interrupts.first.then((interrupt) => {
      if (interrupt !== 'finish') return;
      progress.say('Finishing: no more files are taken. Press Ctrl-C again to cancel.');
      return engine.closeBatch(id);
    });
    finished.catch(() => {});
  }
  const canceled = interrupts.harsh.then((interrupt) => {
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
    progress.say(`Finish it with: ${commands('resume', id)}`);
    return interrupts.exitStatus();
  }
  await Promise.race([printer?.finish(), interrupts.last]);
  return finish(engine, told(ended), { request, terminal, progress, commands, broken });
}

/**
 * A batch that goes on, without what is over: its warnings were told, and it may have been interrupted for days.
 * @param beganAt milliseconds since the epoch.
 */
function sinceThen(former: BatchSummary, beganAt: number): (summary: BatchSummary) => BatchSummary {
  return (summary) => ({
    ...summary,
    startedAt: Math.max(beganAt, summary.startedAt ?? 0),
    warnings: summary.warnings.slice(former.warnings.length),
  });
}

function createPrinter(
  { request, terminal, progress }: Following,
  { readRows, onBroken }: Pick<ResultPrinterOptions, 'readRows' | 'onBroken'>,
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

async function close(engine: Engine | undefined): Promise<void> {
  const timeout = Promise.withResolvers<void>();
  const timer = setTimeout(timeout.resolve, closeMs);
  await Promise.race([engine?.close(), timeout.promise]).catch(() => {});
  clearTimeout(timer);
}
