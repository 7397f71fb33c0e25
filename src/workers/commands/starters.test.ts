import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderOf } from '../fixtures/load-in-child.ts';
import { allGone, isGone } from '../fixtures/processes.ts';
import { HelperStarter } from './helper-starter.ts';
import { NodeStarter } from './node-starter.ts';
import { type Command, type CommandEnd, graceMs, type Starter, type StarterOptions } from './starter.ts';

const kinds = {
  'Node’s own means': async (options: StarterOptions): Promise<Starter> => new NodeStarter(options),
  'the helper': async (options: StarterOptions): Promise<Starter> => {
    const starter = await HelperStarter.start(options);
    if (!starter) throw new Error('There is no Python for the helper.');
    return starter;
  },
};

const sh = (script: string, more: Partial<Command> = {}): Command => ({
  program: '/bin/sh',
  argv: ['sh', '-c', script],
  ...more,
});

describe.each(Object.entries(kinds))('programs started by %s', (kind, make) => {
  let starter: Starter;
  beforeEach(async () => {
    starter = await make({ cwd: '/', env: { PATH: process.env.PATH, FROM_STARTER: 'é "x" $y' } });
  });
  afterEach(() => starter.close());

  /** Runs a command; `onText` is told all output until then, whenever there is more. */
  async function run(
    command: Command,
    signal = new AbortController().signal,
    onText?: (text: string) => void,
  ) {
    const texts = { stdout: '', stderr: '' };
    const end: CommandEnd = await starter.run(
      command,
      (stream, bytes) => {
        texts[stream] += bytes.toString();
        onText?.(texts.stdout);
      },
      signal,
    );
    return { ...end, ...texts };
  }

  /** Runs a script that prints process ids on a line that begins with "ready", and aborts it then. */
  async function abortWhenReady(script: string) {
    const controller = new AbortController();
    let pids: number[] = [];
    const end = await run(sh(script), controller.signal, (text) => {
      const [, list] = /ready(.*)\n/.exec(text) ?? [];
      if (list === undefined || controller.signal.aborted) return;
      pids = list.trim().split(' ').map(Number);
      controller.abort();
    });
    return { end, pids };
  }

  it('keep standard output and error apart', async () => {
    const end = await run(sh('echo out; echo err >&2; echo out2'));
    expect(end).toMatchObject({ exitCode: 0, signal: null, stdout: 'out\nout2\n', stderr: 'err\n' });
    expect(end.wallMs).toBeGreaterThan(0);
  });

  it.each([0, 1, 3, 137, 255])('tell their exit code %i', async (code) => {
    expect(await run(sh(`exit ${code}`))).toMatchObject({ exitCode: code, signal: null });
  });

  it.each(['SIGTERM', 'SIGKILL', 'SIGSEGV', 'SIGINT', 'SIGPIPE'])(
    'tell the signal %s that ended them',
    async (name) => {
      expect(await run(sh(`kill -${name.slice(3)} $$`))).toMatchObject({ exitCode: null, signal: name });
    },
  );

  it('get their arguments as they are', async () => {
    const words = ['', ' ', "'", '"', '$HOME', '`id`', '\n', '\\', 'é😀', '-rf', '*'];
    const { stdout } = await run({ program: '/usr/bin/printf', argv: ['printf', '%s\\0', ...words] });
    expect(stdout.split('\0').slice(0, -1)).toEqual(words);
  });

  it('get the starter’s variables, their own, and no others', async () => {
    const { stdout } = await run({ program: '/usr/bin/env', argv: ['env'], env: { OWN: 'a=b\nc' } });
    const expected = [`PATH=${process.env.PATH}`, 'FROM_STARTER=é "x" $y', 'OWN=a=b\nc'];
    expect(stdout).toHaveLength(expected.join('\n').length + 1);
    for (const line of expected) expect(stdout).toContain(`${line}\n`);
  });

  it('run in the working folder', async () => {
    expect((await run({ program: '/bin/pwd', argv: ['pwd'] })).stdout).toBe('/\n');
  });

  it('read what they are fed, and nothing where they are fed nothing', async () => {
    const text = `${'line é\n'.repeat(100_000)}end`;
    expect((await run({ program: '/bin/cat', argv: ['cat'], stdin: text })).stdout).toBe(text);
    expect((await run({ program: '/bin/cat', argv: ['cat'] })).stdout).toBe('');
  });

  it('need not read what they are fed', async () => {
    expect(await run({ program: '/bin/true', argv: ['true'], stdin: 'x'.repeat(1_000_000) })).toMatchObject({
      exitCode: 0,
    });
  });

  it('have all of their output read, however much', async () => {
    const { stdout, stderr } = await run(sh('seq 1 300000; seq 1 1000 >&2'));
    const lines = stdout.split('\n');
    expect(lines).toHaveLength(300_001);
    expect(lines[299_999]).toBe('300000');
    expect(stderr.split('\n')).toHaveLength(1001);
  });

  it('run at the same time', async () => {
    using folder = folderOf({});
    const [a, b] = [folder.path('a'), folder.path('b')];
    const meet = (mine: string, other: string) =>
      sh(`touch '${mine}'; until [ -e '${other}' ]; do sleep 0.01; done; echo met`);
    const ends = await Promise.all([run(meet(a, b)), run(meet(b, a))]);
    expect(ends.map((end) => end.stdout)).toEqual(['met\n', 'met\n']);
  });

  it('may be scripts that name no interpreter', async () => {
    using folder = folderOf({});
    writeFileSync(folder.path('script'), 'echo "$0 $1"', { mode: 0o755 });
    const script = folder.path('script');
    expect((await run({ program: script, argv: [script, 'a b'] })).stdout).toBe(`${script} a b\n`);
  });

  it.each([
    [
      'that is not there',
      { program: '/no/such', argv: ['no-such'] },
      'no-such could not be started: it is not there any more.',
    ],
    [
      'that is a folder',
      { program: '/tmp', argv: ['tmp'] },
      'tmp could not be started: it is not executable.',
    ],
    [
      'with a NUL in an argument',
      { program: '/bin/true', argv: ['true', 'a\0b'] },
      'true could not be started: one of its arguments has a NUL character in it.',
    ],
    [
      'whose arguments are too long',
      { program: '/bin/true', argv: ['true', 'x'.repeat(3_000_000)] },
      'true could not be started: its arguments are too long for the system.',
    ],
  ])('fail where the program is one %s', async (_, command, message) => {
    await expect(run(command)).rejects.toMatchObject({ code: 'PROGRAM_NOT_STARTED', message });
    expect(await run(sh('exit 4'))).toMatchObject({ exitCode: 4 });
  });

  it('do not keep their task waiting for what they leave in the background', async () => {
    const end = await run(sh('sleep 300 & echo $!'));
    expect(end).toMatchObject({ exitCode: 0 });
    const pid = Number(end.stdout);
    expect(isGone(pid)).toBe(false);
    process.kill(pid, 'SIGKILL');
  });

  it('have the output read of what goes on for a moment', async () => {
    expect((await run(sh('(sleep 0.1; echo late) & echo early'))).stdout).toBe('early\nlate\n');
  });

  it('end on abort with their children and grandchildren', async () => {
    const { end, pids } = await abortWhenReady(
      `sleep 300 & sh -c 'sleep 300 & echo ready $0 $1 $$ $!; wait' $$ $! & wait`,
    );
    expect(end).toMatchObject({ exitCode: null, signal: 'SIGTERM' });
    expect(pids).toHaveLength(4);
    await allGone(pids);
  });

  it('may end on abort in their own way', async () => {
    const { end } = await abortWhenReady(
      'trap "echo bye; exit 5" TERM; echo ready $$; while :; do sleep 0.05; done',
    );
    expect(end).toMatchObject({ exitCode: 5, stdout: expect.stringMatching(/bye\n$/) });
  });

  it('are killed on abort where they do not listen', async () => {
    const startedAt = performance.now();
    const { end, pids } = await abortWhenReady(
      'trap "" TERM; sleep 300 & echo ready $$ $!; while :; do sleep 1; done',
    );
    expect(end).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
    expect(performance.now() - startedAt).toBeGreaterThan(graceMs - 50);
    await allGone(pids);
  });

  it('leave no child behind on abort that does not listen, while they do', async () => {
    const { end, pids } = await abortWhenReady(
      `sh -c 'trap "" TERM; echo ready '$$' $$; while :; do sleep 1; done' & wait`,
    );
    expect(end).toMatchObject({ signal: 'SIGTERM' });
    expect(pids).toHaveLength(2);
    await allGone(pids);
  });

  it('end at once where the abort came before the start', async () => {
    expect(await run(sh('sleep 300'), AbortSignal.abort())).toMatchObject({ signal: 'SIGTERM' });
  });

  it('end when the starter is closed', async () => {
    const ready = Promise.withResolvers<number>();
    const running = run(sh('echo $$; sleep 300'), undefined, (text) => ready.resolve(Number(text)));
    // Its end is told, or it is lost; either way it is over.
    running.catch(() => {});
    const pid = await ready.promise;
    await starter.close();
    await allGone([pid]);
  });

  it.runIf(kind === 'the helper')('tell their processor time and memory', async () => {
    const busy = await run({
      program: '/usr/bin/env',
      argv: ['env', 'python3', '-c', 'x = b"x" * 150_000_000; sum(range(3_000_000))'],
    });
    expect(busy.exitCode).toBe(0);
    expect(busy.peakMemoryBytes).toBeGreaterThan(150_000_000);
    expect(busy.peakMemoryBytes).toBeLessThan(400_000_000);
    expect(busy.cpuMs).toBeGreaterThan(20);
    const idle = await run(sh('sleep 0.3'));
    expect(idle.cpuMs).toBeLessThan(100);
    expect(idle.wallMs).toBeGreaterThan(290);
  });

  it.runIf(kind === 'the helper')('end on abort with what left their process group', async () => {
    const { pids } = await abortWhenReady(
      'setsid sleep 300 & until [ "$(cat /proc/$!/comm)" = sleep ]; do sleep 0.01; done; echo ready $$ $!; wait',
    );
    expect(pids).toHaveLength(2);
    await allGone(pids);
  });
});
