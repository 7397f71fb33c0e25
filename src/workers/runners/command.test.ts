import { readFileSync, statSync } from 'node:fs';
import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CommandOptions, commandInChild } from '../fixtures/command-in-child.ts';
import { folderOf } from '../fixtures/load-in-child.ts';
import { allGone } from '../fixtures/processes.ts';

const run = (
  template: string,
  more: Partial<CommandOptions> & { of?: Partial<CommandOptions['command']> } = {},
) => {
  const { of, ...options } = more;
  return commandInChild({ command: { template, ...of }, ...options });
};

/** What each task wrote to standard output. */
const stdouts = ({ results, error }: Awaited<ReturnType<typeof run>>) => {
  if (error) throw new Error(error.message);
  return results.map((result) => result.value?.stdout ?? result.error);
};

describe('a command', () => {
  it('results in its exit code, its output apart, and what it cost', async () => {
    const template = `sh -c 'echo "$0"; echo 2 >&2; i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done' {}`;
    const { results } = await run(template, { inputs: ['é 1'] });
    const value = results[0]?.value;
    expect(value).toMatchObject({ exitCode: 0, signal: null, stdout: 'é 1\n', stderr: '2\n' });
    expect(value?.wallMs).toBeGreaterThan(1);
    expect(value?.cpuMs).toBeGreaterThan(1);
  });

  it('gets replacement strings filled in, and no shell in between', async () => {
    const inputs = ['/in/a b.tar.gz', '$(touch pwned)', "it's"];
    const answer = await run("printf '%s|' {} {.} {/} {//} {/.} {#} pre{}post ';' $HOME *", { inputs });
    expect(stdouts(answer)).toEqual([
      '/in/a b.tar.gz|/in/a b.tar|a b.tar.gz|/in|a b.tar|1|pre/in/a b.tar.gzpost|;|$HOME|*|',
      '$(touch pwned)|$(touch pwned)|$(touch pwned)|.|$(touch pwned)|2|pre$(touch pwned)post|;|$HOME|*|',
      "it's|it's|it's|.|it's|3|preit'spost|;|$HOME|*|",
    ]);
  });

  it('has its input added where the template does not say where', async () => {
    expect(stdouts(await run('echo -n', { inputs: ['a  b'] }))).toEqual(['a  b']);
  });

  it('gets columns of rows', async () => {
    const inputs = [{ name: 'Ada L.', age: 36 }];
    expect(stdouts(await run('echo {age}:{name}', { inputs }))).toEqual(['36:Ada L.\n']);
    const { results } = await run('echo {nmae}', { inputs });
    expect(results[0]?.error).toMatchObject({ code: 'UNKNOWN_COLUMN' });
    expect(results[0]?.error?.message).toContain('the columns are {name} {age}');
  });

  it('gets slot numbers that no other running command has, and that follow the worker', async () => {
    const inputs = Array.from({ length: 12 }, (_, i) => i);
    const slots = stdouts(await run("sh -c 'sleep 0.0$1; echo $0' {%} {}", { inputs, atOnce: 3, worker: 2 }));
    expect([...new Set(slots)].sort()).toEqual(['4\n', '5\n', '6\n']);
    expect(stdouts(await run('echo {%} {}', { inputs: [1, 2] }))).toEqual(['1 1\n', '1 2\n']);
  });

  it('reads its input where it is fed: a line, or JSON', async () => {
    const inputs = ['a b', { n: 1 }, 'two\nlines\n'];
    expect(stdouts(await run('cat', { inputs, of: { stdin: true } }))).toEqual([
      'a b\n',
      '{"n":1}\n',
      'two\nlines\n',
    ]);
  });

  it('runs in a folder and with variables of its own', async () => {
    using folder = folderOf({ 'here.txt': '' });
    const of = { cwd: folder.path(), env: { COLOUR: 'dark "red"' } };
    expect(stdouts(await run('sh -c \'pwd; echo "$COLOUR"; ls\' {}', { of }))).toEqual([
      `${folder.path()}\ndark "red"\nhere.txt\n`,
    ]);
  });

  it('writes to the output folder, which is made for it', async () => {
    using folder = folderOf({ 'in/a b.txt': 'hello' });
    const of = { out: folder.path('out/deep') };
    const { results } = await run('cp {} {out}/{/.}.bak', { inputs: [folder.path('in/a b.txt')], of });
    expect(results[0]?.value).toMatchObject({ exitCode: 0 });
    expect(readFileSync(folder.path('out/deep/a b.bak'), 'utf8')).toBe('hello');
  });

  it('may be named by the input', async () => {
    const { results } = await run('{} 7', { inputs: ['echo', 'no-such-program'] });
    expect(results[0]?.value).toMatchObject({ stdout: '7\n' });
    expect(results[1]?.error).toMatchObject({ code: 'PROGRAM_MISSING' });
  });

  it('may be run by the shell, which sees values and never code', async () => {
    using folder = folderOf({});
    const inputs = ['a  b', '$(touch pwned); touch pwned', `'"; touch pwned; "'`];
    const of = { shell: true, cwd: folder.path() };
    const answer = await run(`echo {} | tr a-z A-Z; for f in "{}" '{}'; do echo "$f"; done`, { inputs, of });
    expect(stdouts(answer)).toEqual(inputs.map((input) => `${input.toUpperCase()}\n${input}\n${input}\n`));
    expect(statSync(folder.path('pwned'), { throwIfNoEntry: false })).toBeUndefined();
  });
});

describe('a command that fails', () => {
  it('fails its task with exit code, output and the last line of its complaint', async () => {
    const { results } = await run(`sh -c 'echo out; echo first >&2; echo "no $1" >&2; exit 3' _`, {
      inputs: ['way'],
    });
    expect(results[0]?.error).toMatchObject({
      name: 'CommandError',
      code: 'COMMAND_FAILED',
      message: 'sh ended with exit code 3: no way',
      stack: 'CommandError: sh ended with exit code 3: no way',
      fields: {
        exitCode: 3,
        signal: null,
        stdout: 'out\n',
        stderr: 'first\nno way\n',
        wallMs: expect.any(Number),
      },
    });
  });

  it('names the signal', async () => {
    const { results } = await run("sh -c 'kill -SEGV $$'");
    expect(results[0]?.error).toMatchObject({
      message: 'sh was ended by SIGSEGV.',
      fields: { signal: 'SIGSEGV', exitCode: null },
    });
    const inShell = await run('exit 4; echo {}', { of: { shell: true } });
    expect(inShell.results[0]?.error?.message).toBe('The command ended with exit code 4.');
  });
});

describe('a command that cannot be loaded', () => {
  it.each<[string, Partial<CommandOptions['command']>, code: string, message: string]>([
    [
      'no-such-program {}',
      {},
      'PROGRAM_MISSING',
      'There is no program "no-such-program" on the PATH: install it, or give its full path.',
    ],
    ['./gone.sh {}', { cwd: '/' }, 'PROGRAM_MISSING', 'There is no program /gone.sh.'],
    ['cd {}', {}, 'PROGRAM_MISSING', '"cd" is a word of the shell, not a program: turn the shell on.'],
    ['cat {} | wc', {}, 'TEMPLATE_NEEDS_SHELL', 'turn the shell on'],
    ["echo 'x {}", {}, 'TEMPLATE_INVALID', "has a ' without its end"],
    [
      'echo {}',
      { cwd: '/no/such/folder' },
      'FOLDER_MISSING',
      'There is no folder /no/such/folder to run the command in.',
    ],
    [
      'cp {} {out}',
      { out: process.execPath },
      'OUT_CANNOT_BE_MADE',
      `The output folder ${process.execPath} cannot be made (EEXIST: `,
    ],
  ])('%s', async (template, of, code, message) => {
    const { error, results } = await run(template, { of });
    expect(error).toMatchObject({ code });
    expect(error?.message).toContain(message);
    expect(results).toEqual([]);
  });

  it('because the program is not executable', async () => {
    using folder = folderOf({ 'script.sh': 'echo' });
    const { error } = await run('./script.sh {}', { of: { cwd: folder.path() } });
    const script = folder.path('script.sh');
    expect(error).toMatchObject({
      code: 'PROGRAM_NOT_EXECUTABLE',
      message: `${script} is not executable: run chmod +x ${script}.`,
    });
  });

  it('finds programs on the PATH that the definition sets', async () => {
    using folder = folderOf({});
    const { error } = await run('env {}', {
      of: { env: { PATH: [folder.path(), '/nowhere'].join(delimiter) } },
    });
    expect(error?.code).toBe('PROGRAM_MISSING');
  });
});

describe('output', () => {
  it('is told live, to the task that it belongs to, of several at once', async () => {
    using folder = folderOf({});
    // Each waits for the other, after it has printed: what comes before the end was told live.
    const template = `sh -c 'echo start-$0; echo err-$0 >&2; touch $0; until [ -e $1 ]; do sleep 0.01; done; echo end-$0' {a} {b}`;
    const inputs = [
      { a: 'one', b: 'two' },
      { a: 'two', b: 'one' },
    ];
    const { output, results } = await run(template, { inputs, atOnce: 2, of: { cwd: folder.path() } });
    expect(results.map((result) => result.value?.exitCode)).toEqual([0, 0]);
    for (const [index, name] of ['one', 'two'].entries()) {
      const of = (stream: string) =>
        output
          .filter((piece) => piece.index === index && piece.stream === stream)
          .map((piece) => piece.output)
          .join('');
      expect(of('stdout')).toBe(`start-${name}\nend-${name}\n`);
      expect(of('stderr')).toBe(`err-${name}\n`);
    }
  });

  it('is cut in the middle where it is a flood, with a mark', async () => {
    const { results, output } = await run('seq 1 1000000', {
      inputs: [''],
      of: { stdin: true },
    });
    const stdout = results[0]?.value?.stdout as string;
    expect(stdout.length).toBeLessThan(1024 * 1024 + 100);
    expect(stdout.startsWith('1\n2\n')).toBe(true);
    expect(stdout.endsWith('999999\n1000000\n')).toBe(true);
    expect(stdout).toMatch(/\[… 5,\d\d\d,\d\d\d characters left out …\]/);
    // What is told as it comes is all of it; a worker's own measure is in output-budget.ts.
    const told = output.map((piece) => piece.output).join('');
    expect(
      told
        .split('\n')
        .slice(0, -1)
        .every((line, n) => line === String(n + 1)),
    ).toBe(true);
    expect(told).toHaveLength(6_888_896);
  });
});

describe('the end of a command', () => {
  it('comes with an abort, for its whole tree, and fails its task', async () => {
    let pids: number[] = [];
    const { results } = await run(`sh -c 'sleep 300 & echo $$ $!; wait' _`, {
      onOutput: (text, child) => {
        pids = text.trim().split(' ').map(Number);
        child.send('abort');
      },
    });
    expect(results[0]?.error).toMatchObject({ name: 'CommandError', fields: { signal: 'SIGTERM' } });
    expect(pids).toHaveLength(2);
    await allGone(pids);
  });

  it('comes when its worker is killed, whatever it started', async () => {
    let pids: number[] = [];
    await run(`sh -c 'sleep 300 & echo $$ $!; wait' _`, {
      onOutput: (text, child) => {
        pids = text.trim().split(' ').map(Number);
        child.kill('SIGKILL');
      },
    });
    expect(pids).toHaveLength(2);
    await allGone(pids);
  });
});
