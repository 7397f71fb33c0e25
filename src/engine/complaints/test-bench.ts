import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { BatchSpecInput } from '../../shared/batch.ts';
import { taskQuerySchema } from '../../shared/views.ts';
import type { Engine, SubmitOptions } from '../api.ts';
import { createEngine, type EngineOptions } from '../create-engine.ts';
import type { Launcher } from '../launcher.ts';
import { forkLauncher } from '../launchers/fork.ts';
import { Pool, type PoolOptions } from '../multiprocessing/pool.ts';
import type { TaskFile } from '../multiprocessing/task-function.ts';
import type { ExportRow } from '../store/store.ts';

/**
 * What these tests share: an engine in a folder of its own, pools, task files in both languages, and signs by
 * which a task tells that it runs.
 */

export const languages = ['JavaScript', 'Python'] as const;
export type Language = (typeof languages)[number];
export type Code = Record<Language, string>;

export const allTasks = taskQuerySchema.parse({});
export const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
export const range = (count: number): BatchSpecInput['inputs'] => ({ kind: 'range', from: 0, to: count });

export class Bench {
  readonly dir = mkdtempSync(join(tmpdir(), 'poolboard-complaints-'));
  engine!: Engine;
  /** Processes that were launched for Node workers. */
  launches = 0;
  readonly #pools: Pool[] = [];

  readonly launcher: Launcher = {
    launch: (options) => {
      this.launches += 1;
      return forkLauncher().launch(options);
    },
  };

  async open(options: Partial<EngineOptions>): Promise<void> {
    this.engine = await createEngine({
      dataDir: join(this.dir, 'data'),
      launcher: this.launcher,
      poolSize: 2,
      ...options,
    });
  }

  pool(options: PoolOptions = {}): Pool {
    const pool = new Pool({ workers: 2, launcher: this.launcher, onOutput: () => {}, ...options });
    this.#pools.push(pool);
    return pool;
  }

  /** A path in the bench's folder. */
  path(name: string): string {
    return join(this.dir, name);
  }

  /** Writes a task file; `DIR` in its code is the bench's folder as a string literal. */
  taskFile(language: Language, code: Code): TaskFile & { file: string } {
    const file = this.path(language === 'Python' ? 'task.py' : 'task.js');
    writeFileSync(file, code[language].replaceAll('DIR', JSON.stringify(this.dir)));
    return { file };
  }

  definition(language: Language, code: Code): BatchSpecInput['definition'] {
    const { file } = this.taskFile(language, code);
    return { kind: language === 'Python' ? 'python' : 'module', file };
  }

  async run(spec: BatchSpecInput, more?: SubmitOptions) {
    const { id } = await this.engine.submit(spec, more);
    return this.engine.ended(id);
  }

  async rows(batch: number): Promise<ExportRow[]> {
    const rows: ExportRow[] = [];
    for await (const slice of this.engine.exportRows(batch, allTasks)) rows.push(...slice);
    return rows;
  }

  /** Resolves with what a task wrote into a file of the bench's folder, once it has. */
  async sign(name: string): Promise<string> {
    const file = this.path(name);
    for (;;) {
      const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
      if (text !== '') return text;
      await turn();
    }
  }

  /** Makes a file that a task waits for. */
  give(name: string): void {
    writeFileSync(this.path(name), 'go');
  }

  async close(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.terminate()));
    await this.engine.close();
    rmSync(this.dir, { recursive: true });
  }
}

/** The bench of each test; read its properties in the test only. */
export function testBench(options: Partial<EngineOptions> = {}): Bench {
  let current: Bench;
  beforeEach(async () => {
    current = new Bench();
    await current.open(options);
  });
  afterEach(() => current.close());
  return new Proxy({} as Bench, {
    get: (_, name) => {
      const value: unknown = Reflect.get(current, name, current);
      return typeof value === 'function' ? value.bind(current) : value;
    },
  });
}

export const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** False for a process that has ended, though nobody may have asked for its exit status yet. */
export function isRunning(pid: number): boolean {
  try {
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Resolves when a process has ended. */
export async function gone(pid: number): Promise<void> {
  while (isRunning(pid)) await turn();
}
