import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findInterpreter } from './find-interpreter.ts';

function testFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'poolboard-find-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A program that answers as an interpreter of this version would. */
function fakePython(path: string, version: string, executable = path): string {
  return script(path, `echo '${executable}'\necho '${version}'`);
}

function script(path: string, body: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

function environment(folder: string, version = '3.12.1'): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'pyvenv.cfg'), '');
  return fakePython(join(folder, 'bin', 'python'), version);
}

const find = (file: string, chosen?: string, env: NodeJS.ProcessEnv = { PATH: '' }) =>
  findInterpreter(file, chosen, { env, platform: 'linux' });

describe('the interpreter of a task file is', () => {
  test('the one that is chosen, before all others', async () => {
    const folder = testFolder();
    environment(join(folder, '.venv'));
    const chosen = fakePython(join(folder, 'my python'), '3.9.0');
    expect(await find(join(folder, 'a.py'), chosen)).toEqual({
      path: chosen,
      version: '3.9.0',
      why: 'the chosen interpreter',
    });
  });

  test('the .venv of its project, found upwards', async () => {
    const folder = testFolder();
    const path = environment(join(folder, 'project', '.venv'));
    mkdirSync(join(folder, 'project', 'src', '.venv'), { recursive: true });
    const active = environment(join(folder, 'active'));
    const found = await find(join(folder, 'project', 'src', 'a.py'), undefined, {
      PATH: '',
      VIRTUAL_ENV: dirname(dirname(active)),
    });
    expect(found).toEqual({ path, version: '3.12.1', why: 'the .venv of project' });
  });

  test('that of the active environment, before the PATH', async () => {
    const folder = testFolder();
    const active = environment(join(folder, 'active'));
    fakePython(join(folder, 'bin', 'python3'), '3.13.0');
    const env = { VIRTUAL_ENV: join(folder, 'active'), PATH: join(folder, 'bin') };
    expect(await find(join(folder, 'a.py'), undefined, env)).toMatchObject({
      path: active,
      why: 'the active environment (VIRTUAL_ENV)',
    });
  });

  test('python3 of the PATH, and python where that is none or too old; the program itself, not its shim', async () => {
    const folder = testFolder();
    const bin = join(folder, 'bin');
    fakePython(join(bin, 'python'), '3.11.2', '/real/python3.11');
    const file = join(folder, 'a.py');
    expect(await find(file, undefined, { PATH: bin })).toEqual({
      path: '/real/python3.11',
      version: '3.11.2',
      why: 'python of the PATH',
    });
    fakePython(join(bin, 'python3'), '3.8.10');
    expect(await find(file, undefined, { PATH: bin })).toMatchObject({
      version: '3.11.2',
      why: 'python of the PATH; python3 is Python 3.8.10, older than 3.9',
    });
  });

  test('told with a hint where a uv project has no environment yet', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'uv.lock'), '');
    fakePython(join(folder, 'bin', 'python3'), '3.11.2');
    const found = await find(join(folder, 'a.py'), undefined, { PATH: join(folder, 'bin') });
    expect(found.why).toMatch(/no \.venv: `uv sync` makes it/);
  });

  test('py -3 on Windows, before the python3 that only opens a shop', async () => {
    const folder = testFolder();
    const bin = join(folder, 'bin');
    script(join(bin, 'py'), `[ "$1" = -3 ] && echo 'C:\\Python\\python.exe' && echo 3.12.0`);
    fakePython(join(bin, 'python3'), '3.11.2');
    const options = { env: { PATH: bin }, platform: 'win32' } as const;
    expect(await findInterpreter(join(folder, 'a.py'), undefined, options)).toEqual({
      path: 'C:\\Python\\python.exe',
      version: '3.12.0',
      why: 'the Python launcher for Windows',
    });
  });

  test('asked once', async () => {
    const folder = testFolder();
    const log = join(folder, 'asked');
    const chosen = script(join(folder, 'python'), `echo asked >> '${log}'\necho /p\necho 3.10.0`);
    for (let i = 0; i < 3; i++) await find(join(folder, 'a.py'), chosen);
    expect(execFileSync('cat', [log], { encoding: 'utf8' })).toBe('asked\n');
  });

  test('one that exists, on this machine', async () => {
    const { path, version } = await findInterpreter(import.meta.filename);
    expect(execFileSync(path, ['--version'], { encoding: 'utf8' })).toBe(`Python ${version}\n`);
  });
});

describe('where none can be had, NO_PYTHON says what to do:', () => {
  test('none at all', async () => {
    const folder = testFolder();
    await expect(find(join(folder, 'a.py'))).rejects.toMatchObject({
      code: 'NO_PYTHON',
      message: 'No Python 3.9 or newer was found. Install python3, or choose an interpreter.',
    });
  });

  test('only old ones', async () => {
    const folder = testFolder();
    fakePython(join(folder, 'python3'), '3.7.1');
    await expect(find(join(folder, 'a.py'), undefined, { PATH: folder })).rejects.toThrow(
      'No Python 3.9 or newer was found (python3 is Python 3.7.1, older than 3.9).',
    );
  });

  test('the chosen one is missing, too old, or no Python', async () => {
    const folder = testFolder();
    const file = join(folder, 'a.py');
    const missing = join(folder, 'none');
    await expect(find(file, missing)).rejects.toThrow(`The chosen interpreter, ${missing}, does not exist.`);
    const old = fakePython(join(folder, 'old'), '2.7.18');
    await expect(find(file, old)).rejects.toThrow(`${old}, is Python 2.7.18, older than 3.9.`);
    const other = script(join(folder, 'other'), 'echo "no such command" >&2; exit 3');
    await expect(find(file, other)).rejects.toThrow(`${other}, cannot be started (no such command).`);
    const plain = join(folder, 'plain');
    writeFileSync(plain, '');
    await expect(find(file, plain)).rejects.toThrow(`${plain}, cannot be started (permission denied).`);
  });

  test('the project’s .venv is broken, and is not passed over in silence', async () => {
    const folder = testFolder();
    const broken = join(folder, 'project', '.venv');
    mkdirSync(broken, { recursive: true });
    writeFileSync(join(broken, 'pyvenv.cfg'), '');
    fakePython(join(folder, 'bin', 'python3'), '3.12.0');
    const found = find(join(folder, 'project', 'a.py'), undefined, { PATH: join(folder, 'bin') });
    await expect(found).rejects.toThrow(
      `The .venv of project, ${join(broken, 'bin', 'python')}, does not exist. Make the environment anew (python3 -m venv --clear .venv), or choose an interpreter.`,
    );
  });
});
