import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { collectOutput, exitOf, hostEnv, mustExit, root } from './child.ts';
import { answersOf } from './electron-answers.ts';
import type { ElectronHost, StartOptions } from './host.ts';

const register = join(root, 'e2e/electron-double/register.mjs');

/** Starts an app on the double of Electron: without a window, so that a test may look at what it does first. */
export function forkOnDouble(main: string, { dataDir, paths = [], env }: StartOptions): ChildProcess {
  return fork(main, paths, {
    cwd: root,
    execArgv: ['--import', register],
    env: hostEnv(dataDir, env),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'json',
  });
}

/** Starts the built app (or another main script) on the double, and connects to its window. */
export async function startOnDouble(
  options: StartOptions,
  main: string = join(root, 'out/main/index.js'),
): Promise<ElectronHost> {
  const child = forkOnDouble(main, options);
  const log = collectOutput(child);
  const exited = exitOf(child);
  const evaluate = evaluator(child);

  const endpoint = await Promise.race([
    new Promise<string>((resolve) =>
      child.on('message', (message: { type: string; endpoint: string }) => {
        if (message.type === 'browser') resolve(message.endpoint);
      }),
    ),
    exited.then((code) => {
      throw new Error(`The app ended with ${code} before it had a window:\n${log()}`);
    }),
  ]);
  const browser = await chromium.connectOverCDP(endpoint);
  const [context] = browser.contexts();
  const page = context!.pages()[0] ?? (await context!.waitForEvent('page'));
  await page.waitForURL(/\.invalid\//);

  const { exportTo, pick, answerQuestions } = answersOf(evaluate);
  let killed = false;
  return {
    kind: 'electron-double',
    page,
    log,
    evaluate,
    exited,
    exportTo,
    pick,
    async kill() {
      killed = true;
      child.kill('SIGKILL');
      await exitOf(child);
      await browser.close().catch(() => {});
    },
    async stop() {
      if (killed) return;
      if (child.exitCode === null && child.connected) {
        await answerQuestions(0);
        await evaluate(({ app }) => app.quit());
      }
      await mustExit(child, log);
      await browser.close().catch(() => {});
    },
  };
}

function evaluator(child: ChildProcess): ElectronHost['evaluate'] {
  let lastId = 0;
  return (run, argument) =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      const hear = (message: { type: string; id: number; value: never; error?: string }) => {
        if (message.type !== 'evaluated' || message.id !== id) return;
        settle();
        if (message.error === undefined) resolve(message.value);
        else reject(new Error(message.error));
      };
      // The app may end by what it was made to do.
      const settle = () => {
        child.off('message', hear);
        child.off('exit', gone);
      };
      const gone = () => {
        settle();
        resolve(undefined as never);
      };
      child.on('message', hear);
      child.on('exit', gone);
      child.send({ type: 'evaluate', id, source: String(run), argument });
    });
}
