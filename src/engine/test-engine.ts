import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { BatchSpecInput, BatchSummary } from '../shared/batch.ts';
import { taskQuerySchema } from '../shared/views.ts';
import type { Engine } from './api.ts';
import { createEngine, type EngineOptions } from './create-engine.ts';
import { forkLauncher } from './launchers/fork.ts';
import type { ExportRow } from './store/store.ts';

/** What tests of the engine share: a folder and an engine that go away by themselves, and short ways to use them. */
export class TestEngine {
  dir = '';
  engine!: Engine;

  /** To be called at the top of a test file: each test gets a folder and an engine of its own. */
  static forEachTest(options: Partial<EngineOptions> = {}): TestEngine {
    const test = new TestEngine();
    beforeEach(async () => {
      test.dir = mkdtempSync(join(tmpdir(), 'poolboard-engine-'));
      await test.open(options);
    });
    afterEach(async () => {
      await test.engine.close();
      rmSync(test.dir, { recursive: true, force: true });
    });
    return test;
  }

  get dataDir(): string {
    return join(this.dir, 'data');
  }

  async open(options: Partial<EngineOptions> = {}): Promise<Engine> {
    this.engine = await createEngine({
      dataDir: this.dataDir,
      launcher: forkLauncher(),
      poolSize: 2,
      ...options,
    });
    return this.engine;
  }

  path(...parts: string[]): string {
    return join(this.dir, ...parts);
  }

  /** Writes a task file and answers its path. */
  task(code: string, name = 'task.mjs'): string {
    writeFileSync(this.path(name), code);
    return this.path(name);
  }

  /** A batch of a JavaScript file of this code. */
  spec(code: string, inputs: BatchSpecInput['inputs'], more: Partial<BatchSpecInput> = {}): BatchSpecInput {
    return { definition: { kind: 'module', file: this.task(code) }, inputs, ...more };
  }

  async run(spec: BatchSpecInput): Promise<BatchSummary> {
    const { id } = await this.engine.submit(spec);
    return this.engine.ended(id);
  }

  async rows(batch: number): Promise<ExportRow[]> {
    const rows: ExportRow[] = [];
    for await (const slice of this.engine.exportRows(batch, all)) rows.push(...slice);
    return rows;
  }

  /** Resolves with the batch once it is as wanted; looks at each change. */
  async until(id: number, isWanted: (batch: BatchSummary) => boolean): Promise<BatchSummary> {
    const found = Promise.withResolvers<BatchSummary>();
    const stop = this.engine.on((event) => {
      if (event.type === 'batch' && event.batch.id === id && isWanted(event.batch))
        found.resolve(event.batch);
    });
    const now = await this.engine.get(id);
    if (isWanted(now)) found.resolve(now);
    return found.promise.finally(stop);
  }
}

export const all = taskQuerySchema.parse({});
export const numbers = (count: number): BatchSpecInput['inputs'] => ({ kind: 'range', from: 0, to: count });
export const list = (values: (string | number)[]): BatchSpecInput['inputs'] => ({ kind: 'list', values });

/** Resolves with what a task wrote into a file, as a sign that it runs. */
export async function sign(file: string): Promise<string> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await new Promise(setImmediate);
  return readFileSync(file, 'utf8');
}

/** Code of a task that answers how often it was called for its input, by a file beside it for each call. */
export const counting = (dir: string): string => `
import { readdirSync, writeFileSync } from 'node:fs';
const calls = (x) => {
  const before = readdirSync(${JSON.stringify(dir)}).filter((name) => name.startsWith('call-' + x + '-')).length;
  writeFileSync(${JSON.stringify(dir)} + '/call-' + x + '-' + before, '');
  return before + 1;
};`;
