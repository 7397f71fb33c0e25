import { expect, onTestFinished, test } from 'vitest';
import { attemptOutcomes } from '../../../shared/task.ts';
import type { FromWorker, ToWorker } from '../../../shared/wire.ts';
import type { WorkerProcess } from '../../launcher.ts';
import { forkLauncher } from '../../launchers/fork.ts';
import { turn } from './fake-machine.ts';
import { type Ending, FakeWorker } from './fake-worker.ts';

/** What each task of the scenarios does: ends, or waits until it is asked to stop, or ends its process. */
type Act = Ending | 'waits' | 'exits';

const source = `async (act, { signal }) => {
  if (act === 'error') throw new Error('It failed.');
  if (act === 'exits') process.exit(7);
  if (act === 'waits') await new Promise((_, reject) => {
    const stop = () => reject(new Error('Asked to stop.'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
  });
  return act;
}`;

type Step =
  | { chunk: number; first: number; acts: Act[] }
  | { post: ToWorker }
  /** Until all of these were heard. */
  | { until: string[] };

interface Scenario {
  concurrency: number;
  steps: Step[];
}

const scenarios: Record<string, Scenario> = {
  'tasks one after another, an error among them': {
    concurrency: 1,
    steps: [
      { chunk: 1, first: 0, acts: ['ok', 'error', 'ok'] },
      { chunk: 2, first: 3, acts: ['ok'] },
      { until: ['0 ok', '1 error', '2 ok', '3 ok'] },
      { post: { type: 'exit' } },
      { until: ['gone 0 null'] },
    ],
  },
  'a recall gives back what has not started, an abort ends what runs': {
    concurrency: 1,
    steps: [
      { chunk: 1, first: 0, acts: ['ok', 'waits', 'ok', 'ok'] },
      { chunk: 2, first: 4, acts: ['ok'] },
      { until: ['0 ok'] },
      { post: { type: 'recall', chunks: [1, 2] } },
      { until: ['returned 2'] },
      { post: { type: 'abort', job: 1, indices: [2], sparesRunning: true } },
      { until: ['2 canceled'] },
      { post: { type: 'abort', job: 1, indices: [1] } },
      { until: ['1 canceled', '3 ok'] },
    ],
  },
  'an exit from inside a task': {
    concurrency: 1,
    steps: [
      { chunk: 1, first: 0, acts: ['ok', 'exits', 'ok'] },
      { until: ['0 ok', 'exit-called 1 7'] },
      { post: { type: 'exit' } },
      { until: ['gone 0 null'] },
    ],
  },
  'several tasks at once': {
    concurrency: 2,
    steps: [
      { chunk: 1, first: 0, acts: ['waits', 'waits', 'ok', 'error'] },
      { until: ['running 0 1'] },
      { post: { type: 'abort', job: 1, indices: [1] } },
      { until: ['1 canceled', '2 ok', '3 error', 'running 0'] },
      { post: { type: 'abort', job: 1, indices: [0] } },
      { until: ['0 canceled', 'running '] },
    ],
  },
};

const forked = () => forkLauncher().launch({ name: 'test' });

/** The double does what the inputs say, as the source of the other does. */
function double(scenario: Scenario): WorkerProcess {
  const acts = new Map<number, Act>();
  for (const step of scenario.steps) {
    if ('chunk' in step) for (const [i, act] of step.acts.entries()) acts.set(step.first + i, act);
  }
  const worker: FakeWorker = new FakeWorker(1, 'test', 'loads', {
    sent: () => {},
    heard: () => {},
    telling: () => {},
    gone: () => {},
    started: ({ index }) => {
      const act = acts.get(index);
      worker.quick = act === 'ok' || act === 'error' ? [act] : [];
    },
    natureOf: (_, index) => (acts.get(index) === 'exits' ? 'exits' : 'plain'),
  });
  let isOver = false;
  onTestFinished(() => {
    isOver = true;
  });
  void (async () => {
    while (!isOver && !worker.isGone) {
      worker.hear(10);
      await turn();
      worker.tick(false);
      worker.tell(10);
      await turn();
    }
  })();
  return worker;
}

/** Plays a scenario and answers with what was heard, but for what depends on time. */
async function play({ concurrency, steps }: Scenario, worker: WorkerProcess): Promise<string[]> {
  onTestFinished(() => worker.kill(true));
  const heard: string[] = [];
  let wake = () => {};
  worker.onMessage((message) => {
    if (message.type === 'results') worker.post({ type: 'ack' });
    if (message.type === 'fence') worker.post({ type: 'go', revoked: [] });
    heard.push(...told(message));
    wake();
  });
  worker.onExit(({ code, signal }) => {
    heard.push(`gone ${code} ${signal}`);
    wake();
  });
  worker.post({
    type: 'load',
    job: 1,
    definition: { kind: 'source', source },
    params: {},
    encoding: 'json',
    concurrency,
    spread: false,
    describe: false,
  });
  for (const step of steps) {
    if ('chunk' in step) {
      const { chunk, first, acts } = step;
      const indices = acts.map((_, i) => first + i);
      const inputs = acts.map((act) => JSON.stringify(act)).join('\n');
      worker.post({ type: 'chunk', job: 1, chunk, indices, inputs });
    } else if ('post' in step) {
      worker.post(step.post);
    } else {
      while (!step.until.every((line) => heard.includes(line)))
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  }
  return heard;
}

function told(message: FromWorker): string[] {
  switch (message.type) {
    case 'results':
      return message.indices.map((index, i) => `${index} ${attemptOutcomes[message.outcomes[i]!]}`);
    case 'returned':
      return [`returned ${message.chunks}`];
    case 'exit-called':
      return [`exit-called ${message.index} ${message.code}`];
    case 'running':
      return [`running ${message.indices.join(' ')}`];
    case 'loaded':
      return [`loaded ${message.concurrency}`];
    default:
      return [];
  }
}

test.each(Object.entries(scenarios))(
  'the double says what a worker process says: %s',
  async (_, scenario) => {
    expect(await play(scenario, double(scenario))).toEqual(await play(scenario, forked()));
  },
);
