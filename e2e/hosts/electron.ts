import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { collectOutput, exitOf, hostEnv, mustExit, root } from './child.ts';
import { answersOf } from './electron-answers.ts';
import type { ElectronHost, StartOptions } from './host.ts';

/** Electron's program, where its runtime is installed; it is never fetched by the tests. */
export function electronPath(): string | undefined {
  const folder = join(root, 'node_modules/electron');
  const name = join(folder, 'path.txt');
  if (!existsSync(name)) return undefined;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
  const program = join(dist, readFileSync(name, 'utf8'));
  return existsSync(program) ? program : undefined;
}

/** Why there can be no Electron window here; undefined where there can. */
export function noElectron(): string | undefined {
  if (!electronPath()) return "Electron's runtime is not installed";
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    return 'there is no display';
  }
  return undefined;
}

/** Starts the built app in Electron itself. */
export async function startElectron({ dataDir, paths = [], env }: StartOptions): Promise<ElectronHost> {
  const app = await _electron.launch({
    executablePath: electronPath(),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, ...paths],
    env: hostEnv(dataDir, env) as Record<string, string>,
  });
  const child = app.process();
  const log = collectOutput(child);
  const page = await app.firstWindow();
  const evaluate: ElectronHost['evaluate'] = (run, argument) =>
    app.evaluate(run as never, argument) as Promise<never>;

  const { exportTo, pick, answerQuestions } = answersOf(evaluate);
  let killed = false;
  return {
    kind: 'electron',
    page,
    log,
    evaluate,
    exited: exitOf(child),
    exportTo,
    pick,
    async kill() {
      killed = true;
      child.kill('SIGKILL');
      await exitOf(child);
    },
    async stop() {
      if (killed) return;
      if (child.exitCode === null) {
        await answerQuestions(0);
        await evaluate(({ app }) => app.quit()).catch(() => {});
      }
      await mustExit(child, log);
    },
  };
}
