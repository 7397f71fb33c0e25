import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BatchSummary } from '../../shared/batch.ts';
import type { Watch } from '../../shared/contract.ts';
import { PoolboardError } from '../../shared/errors.ts';
import type { ReplyMessage } from '../../shared/rpc.ts';
import { testBatch } from '../../shared/test-batch.ts';
import type { TaskDetail, TaskPage } from '../../shared/views.ts';
import type { Engine, EngineListener } from '../api.ts';
import { createHost, type ExportJob, type HostOptions } from './connection.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const summary = (id: number, name = `batch ${id}`): BatchSummary => testBatch({ id, name });

const page = (batch: number, total: number): TaskPage => ({ batch, from: 0, rows: [], total });
const detail = (batch: number, index: number): TaskDetail => ({
  batch,
  index,
  input: '1',
  state: 'running',
  value: null,
  error: null,
  attempts: [],
  retry: null,
  progress: null,
  output: [],
  outputCut: false,
});

/** A host over an engine whose few used calls are spies, and one window connected to it. */
function setUp(more: Partial<HostOptions> = {}, parts: Partial<Pick<Engine, 'exports' | 'results'>> = {}) {
  let listener: EngineListener | undefined;
  const calls = {
    list: vi.fn(async () => [summary(1)]),
    get: vi.fn(async (batch: number) => summary(batch, 'my: batch')),
    cancel: vi.fn(async () => {}),
    cancelTask: vi.fn(async () => {}),
    submit: vi.fn(async () => summary(7)),
    pageWithin: vi.fn(async (batch: number, ..._query: unknown[]) => page(batch, 3)),
    detail: vi.fn(async (batch: number, index: number) => detail(batch, index)),
    exports: { toFile: vi.fn(async () => 5), close: async () => {} },
    pool: vi.fn(() => ({ size: 2, cores: 2, workers: [] })),
    setPoolSize: vi.fn(),
    on: vi.fn((added: EngineListener) => {
      listener = added;
      return () => {
        listener = undefined;
      };
    }),
  };
  const events: { name: string; payload: unknown }[] = [];
  const host = createHost({
    engine: { ...calls, ...parts } as unknown as Engine,
    info: {
      host: 'web',
      platform: 'linux',
      version: '1',
      cores: 2,
      nativeDialogs: false,
      dataDir: '/data',
    },
    samples: () => [],
    exportTo: async () => ({ kind: 'canceled' }),
    ...more,
  });
  const connection = host.connect((name, payload) => events.push({ name, payload }));
  let id = 0;
  const call = async (name: string, argument?: unknown): Promise<ReplyMessage> => {
    const asked = ++id;
    const reply = await connection.handle({ type: 'call', id: asked, name, argument });
    expect(reply).toMatchObject({ type: 'reply', id: asked });
    return reply!;
  };
  return {
    calls,
    connection,
    call,
    events,
    of: (name: string) => events.filter((event) => event.name === name).map((event) => event.payload),
    fire: (event: Parameters<EngineListener>[0]) => listener?.(event),
    subscribed: () => listener !== undefined,
  };
}

const watching = (more: Partial<Watch> = {}): Watch => ({
  batch: 1,
  query: {},
  from: 0,
  count: 20,
  detail: null,
  ...more,
});

describe('calls', () => {
  test('are answered with what the engine says', async () => {
    const { call } = setUp();
    expect(await call('batches.list')).toMatchObject({ ok: true, result: [{ id: 1 }] });
  });

  test('a call without an argument may come through JSON, which drops what is undefined', async () => {
    const { connection } = setUp();
    const message = JSON.parse(
      JSON.stringify({ type: 'call', id: 1, name: 'host.info', argument: undefined }),
    );
    expect(await connection.handle(message)).toMatchObject({ id: 1, ok: true, result: { host: 'web' } });
  });

  test('an argument that the schema refuses never reaches the engine', async () => {
    const { call, calls } = setUp();
    expect(await call('batches.cancel', { batch: 'one' })).toMatchObject({
      ok: false,
      error: { code: 'BAD_ARGUMENT' },
    });
    expect(await call('pool.setSize', { size: 0 })).toMatchObject({ ok: false });
    expect(await call('batches.submit', { definition: { kind: 'eval' } })).toMatchObject({ ok: false });
    expect(calls.cancel).not.toHaveBeenCalled();
    expect(calls.setPoolSize).not.toHaveBeenCalled();
    expect(calls.submit).not.toHaveBeenCalled();
  });

  test('the engine’s problem arrives whole', async () => {
    const { call, calls } = setUp();
    calls.submit.mockRejectedValueOnce(
      new PoolboardError('NO_DEFAULT_EXPORT', '/t.js has no default export.', {
        place: { file: '/t.js', line: 3 },
      }),
    );
    const spec = {
      definition: { kind: 'builtin', name: 'hash' },
      inputs: { kind: 'range', from: 0, to: 3 },
    };
    expect(await call('batches.submit', spec)).toMatchObject({
      ok: false,
      error: { code: 'NO_DEFAULT_EXPORT', place: { file: '/t.js', line: 3 } },
    });
  });

  test('a task file that nobody has accepted is neither loaded nor run', async () => {
    const { call, calls } = setUp();
    const definition = { kind: 'module', file: import.meta.filename };
    const refused = { ok: false, error: { code: 'NOT_TRUSTED' } };
    expect(await call('definitions.describe', definition)).toMatchObject(refused);
    const inputs = { kind: 'range', from: 0, to: 3 };
    expect(await call('batches.submit', { definition, inputs })).toMatchObject(refused);
    expect(calls.submit).not.toHaveBeenCalled();
  });

  test('setting the size answers with the pool as it is then', async () => {
    const { call, calls } = setUp();
    expect(await call('pool.setSize', { size: 4 })).toMatchObject({ ok: true, result: { cores: 2 } });
    expect(calls.setPoolSize).toHaveBeenCalledWith(4);
  });

  test('a host without dialogs says so', async () => {
    const { call } = setUp();
    expect(await call('host.pick', { what: 'files' })).toMatchObject({
      ok: false,
      error: { code: 'NO_DIALOGS' },
    });
  });

  test('a host with dialogs answers with the paths', async () => {
    const { call } = setUp({ pick: async (what) => [`/picked/${what}`] });
    expect(await call('host.pick', { what: 'folder' })).toMatchObject({ result: ['/picked/folder'] });
  });

  test('an export is handed the query and a name that every platform takes', async () => {
    const exportTo = vi.fn(async (job: ExportJob) => {
      return { kind: 'saved' as const, path: '/x', rows: await job.toFile('/x') };
    });
    const { call, calls } = setUp({ exportTo });
    const query = { filter: 'failed' };
    expect(await call('batches.export', { batch: 4, format: 'csv', query })).toMatchObject({
      ok: true,
      result: { rows: 5 },
    });
    expect(exportTo.mock.calls[0]![0]).toMatchObject({ format: 'csv', name: 'my batch 4.csv' });
    expect(calls.exports.toFile).toHaveBeenCalledWith(
      expect.objectContaining({ batch: 4, query: expect.objectContaining({ filter: 'failed' }) }),
      '/x',
      expect.anything(),
    );
  });

  test('an export is canceled by its number, and tells how far it is', async () => {
    const toFile = vi.fn<Engine['exports']['toFile']>(
      (_order, _file, { signal, onProgress } = {}) =>
        new Promise((_resolve, reject) => {
          onProgress?.(3, 10);
          signal!.addEventListener('abort', () => reject(new PoolboardError('EXPORT_CANCELED', 'Canceled.')));
        }),
    );
    const exportTo = async (job: ExportJob) => ({
      kind: 'saved' as const,
      path: '/x',
      rows: await job.toFile('/x'),
    });
    const { call, events } = setUp({ exportTo }, { exports: { toFile, close: async () => {} } });
    const exporting = call('batches.export', { batch: 4, format: 'csv', query: {}, number: 9 });
    await vi.waitFor(() =>
      expect(events).toContainEqual({ name: 'exports.progress', payload: { number: 9, rows: 3, total: 10 } }),
    );
    await call('exports.cancel', { number: 8 });
    await call('exports.cancel', { number: 9 });
    expect(await exporting).toMatchObject({ ok: true, result: { kind: 'canceled' } });
  });

  test('a link or a file of a result is opened by its cell, and a program is not', async () => {
    const opened: string[] = [];
    const opener = {
      link: async (url: string) => void opened.push(url),
      file: async (path: string) => void opened.push(path),
      folder: async (path: string) => void opened.push(`folder of ${path}`),
    };
    let path = '/out/a.png';
    const results = {
      link: async () => 'https://a.test/',
      file: async () => path,
    } as unknown as Engine['results'];
    const { call } = setUp({ opener }, { results });
    const cell = { batch: 4, task: 0, column: 'value[]' };
    for (const what of ['link', 'file', 'folder']) await call('results.open', { ...cell, what });
    expect(opened).toEqual(['https://a.test/', '/out/a.png', 'folder of /out/a.png']);
    path = '/out/run.SH';
    expect(await call('results.open', { ...cell, what: 'file' })).toMatchObject({
      ok: false,
      error: { code: 'OPEN_REFUSED' },
    });
    expect(opened).toHaveLength(3);
  });

  test('what is no call at all is not answered', async () => {
    const { connection } = setUp();
    expect(await connection.handle('hello')).toBeUndefined();
    expect(await connection.handle({ type: 'reply', id: 1 })).toBeUndefined();
  });
});

describe('batches.changed', () => {
  test('carries the latest of each batch that changed and no other, five times a second at most', async () => {
    const { fire, of } = setUp();
    for (let ms = 0; ms < 1000; ms++) {
      fire({ type: 'batch', batch: summary(1, `at ${ms}`) });
      await vi.advanceTimersByTimeAsync(1);
    }
    fire({ type: 'batch', batch: summary(2) });
    await vi.advanceTimersByTimeAsync(1000);
    const sent = of('batches.changed') as BatchSummary[][];
    expect(sent.length).toBeLessThanOrEqual(12);
    expect(sent.slice(0, -1).every((batches) => batches.length === 1)).toBe(true);
    expect(sent.at(-1)!.find((batch) => batch.id === 2)).toBeDefined();
    expect(
      sent
        .flat()
        .filter((batch) => batch.id === 1)
        .at(-1)!.name,
    ).toBe('at 999');
  });
});

test('pool.changed comes five times a second at most, and the last change is told', async () => {
  const { fire, of, calls } = setUp();
  for (let ms = 0; ms < 1000; ms += 2) {
    fire({ type: 'pool' });
    await vi.advanceTimersByTimeAsync(2);
  }
  calls.pool.mockReturnValue({ size: 9, cores: 2, workers: [] });
  fire({ type: 'pool' });
  await vi.advanceTimersByTimeAsync(1000);
  const sent = of('pool.changed');
  expect(sent.length).toBeLessThanOrEqual(7);
  expect(sent.at(-1)).toMatchObject({ size: 9 });
});

describe('tasks.watch', () => {
  test('answers a new watch at once, through rows and detail', async () => {
    const { call, of } = setUp();
    await call('tasks.watch', watching({ detail: 2 }));
    expect(of('tasks.rows')).toEqual([page(1, 3)]);
    expect(of('tasks.detail')).toEqual([detail(1, 2)]);
  });

  test('answers the same watch again, for a window that was loaded anew', async () => {
    const { call, of } = setUp();
    await call('tasks.watch', watching());
    await call('tasks.watch', watching());
    expect(of('tasks.rows')).toHaveLength(2);
  });

  test('a batch that is not there is the call’s error', async () => {
    const { call, calls } = setUp();
    calls.pageWithin.mockRejectedValueOnce(new PoolboardError('NO_SUCH_BATCH', 'There is no batch 9.'));
    expect(await call('tasks.watch', watching({ batch: 9 }))).toMatchObject({
      ok: false,
      error: { code: 'NO_SUCH_BATCH' },
    });
  });

  test('asks the engine again when the watched batch changed, and for no other', async () => {
    const { call, fire, calls } = setUp();
    await call('tasks.watch', watching());
    await vi.advanceTimersByTimeAsync(1000);
    fire({ type: 'tasks', batch: 2 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls.pageWithin).toHaveBeenCalledTimes(1);
    fire({ type: 'tasks', batch: 1 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls.pageWithin).toHaveBeenCalledTimes(2);
    expect(calls.detail).not.toHaveBeenCalled();
  });

  test('sends rows only when they differ from what was sent', async () => {
    const { call, fire, calls, of } = setUp();
    await call('tasks.watch', watching());
    fire({ type: 'tasks', batch: 1 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls.pageWithin).toHaveBeenCalledTimes(2);
    expect(of('tasks.rows')).toHaveLength(1);
    calls.pageWithin.mockResolvedValue(page(1, 4));
    fire({ type: 'tasks', batch: 1 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(of('tasks.rows')).toEqual([page(1, 3), page(1, 4)]);
  });

  test('asks five times a second at most, whatever changes', async () => {
    const { call, fire, calls } = setUp();
    await call('tasks.watch', watching({ detail: 0 }));
    for (let ms = 0; ms < 1000; ms += 2) {
      fire({ type: 'tasks', batch: 1 });
      await vi.advanceTimersByTimeAsync(2);
    }
    expect(calls.pageWithin.mock.calls.length).toBeLessThanOrEqual(7);
    expect(calls.pageWithin.mock.calls.length).toBeGreaterThanOrEqual(5);
    expect(calls.detail.mock.calls.length).toBeLessThanOrEqual(7);
  });

  test('rows of a watch that was replaced meanwhile are not sent', async () => {
    const { call, calls, of } = setUp();
    const first = Promise.withResolvers<TaskPage>();
    calls.pageWithin.mockReturnValueOnce(first.promise);
    const slow = call('tasks.watch', watching({ batch: 1 }));
    const quick = call('tasks.watch', watching({ batch: 2 }));
    await vi.advanceTimersByTimeAsync(10);
    expect(calls.pageWithin).toHaveBeenCalledTimes(1);
    first.resolve(page(1, 99));
    await Promise.all([slow, quick]);
    expect(of('tasks.rows')).toEqual([page(2, 3)]);
  });

  test('null ends the watch', async () => {
    const { call, fire, calls } = setUp();
    await call('tasks.watch', watching());
    expect(await call('tasks.watch', null)).toMatchObject({ ok: true });
    fire({ type: 'tasks', batch: 1 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls.pageWithin).toHaveBeenCalledTimes(1);
  });
});

test('a closed connection hears nothing more and lets go of the engine', async () => {
  const { call, calls, connection, fire, events, subscribed } = setUp();
  const slow = Promise.withResolvers<TaskPage>();
  calls.pageWithin.mockReturnValueOnce(slow.promise);
  void call('tasks.watch', watching());
  await vi.advanceTimersByTimeAsync(0);
  fire({ type: 'pool' });
  fire({ type: 'pool' });
  events.length = 0;
  connection.close();
  slow.resolve(page(1, 1));
  await vi.advanceTimersByTimeAsync(1000);
  expect(events).toEqual([]);
  expect(subscribed()).toBe(false);
});
