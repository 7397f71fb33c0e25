import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { main } from './main.ts';
import type { Terminal } from './terminal.ts';

const entry = fileURLToPath(new URL('./index.ts', import.meta.url));

/** How a command line ended. */
export interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** Standard output as JSON lines. */
  rows: Row[];
}

export interface Row {
  index: number;
  input: unknown;
  status: string;
  value?: unknown;
  error?: { name: string; message: string; code?: string };
  attempts: number;
  ms: number | null;
}

/** A folder with a data folder in it, and the command line as real processes. */
export class TestCli {
  readonly folder = mkdtempSync(join(tmpdir(), 'poolboard-cli-'));
  readonly dataDir = join(this.folder, 'data');
  readonly #running = new Set<ChildProcess>();

  /** Writes a file below the folder, and gives its path. */
  async file(name: string, content: string | Buffer): Promise<string> {
    const path = join(this.folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  }

  /** Starts a command line in the folder. */
  start(...args: string[]): Running {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...args], {
      cwd: this.folder,
      env: { ...process.env, POOLBOARD_DATA_DIR: this.dataDir },
      stdio: 'pipe',
    });
    this.#running.add(child);
    child.on('exit', () => this.#running.delete(child));
    return new Running(child);
  }

  /** Runs a command line to its end; `stdin` is all of its standard input. */
  run(args: string[], stdin = ''): Promise<Ended> {
    const running = this.start(...args);
    running.child.stdin?.end(stdin);
    return running.ended;
  }

  /** As {@link run}, in this process: quicker, but deaf to signals. */
  async call(...args: string[]): Promise<Ended> {
    const { terminal, stdout, stderr } = testTerminal(this.dataDir, { cwd: this.folder });
    const status = await main(args, terminal, '1.2.3');
    return { status, signal: null, stdout: stdout(), stderr: stderr(), rows: parseRows(stdout()) };
  }

  remove(): void {
    for (const child of this.#running) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A command line that runs. */
export class Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  #stdout = '';
  #stderr = '';
  readonly #watchers = new Set<() => void>();

  constructor(child: ChildProcess) {
    this.child = child;
    // A command line that ended early takes no more input.
    child.stdin?.on('error', () => {});
    child.stdout?.setEncoding('utf8').on('data', (data: string) => {
      this.#stdout += data;
      for (const watch of this.#watchers) watch();
    });
    child.stderr?.setEncoding('utf8').on('data', (data: string) => {
      this.#stderr += data;
      for (const watch of this.#watchers) watch();
    });
    this.ended = once(child, 'close').then(([status, signal]) => ({
      status: status as number | null,
      signal: signal as NodeJS.Signals | null,
      stdout: this.#stdout,
      stderr: this.#stderr,
      rows: parseRows(this.#stdout),
    }));
  }

  /** Standard output so far. */
  get stdout(): string {
    return this.#stdout;
  }

  /** Resolves when standard output matches. */
  says(pattern: RegExp): Promise<void> {
    return this.#until(() => pattern.test(this.#stdout));
  }

  /** Resolves when standard error matches. */
  tells(pattern: RegExp): Promise<void> {
    return this.#until(() => pattern.test(this.#stderr));
  }

  #until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const watch = () => {
        if (!holds()) return;
        this.#watchers.delete(watch);
        resolve();
      };
      this.#watchers.add(watch);
      watch();
    });
  }
}

function parseRows(stdout: string): Row[] {
  try {
    return stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Row);
  } catch {
    return [];
  }
}

/** A terminal for {@link main} in this process: no Node of its own to start. */
export function testTerminal(dataDir: string, more: Partial<Terminal> = {}) {
  const stdout = new PassThrough();
  let out = '';
  let err = '';
  stdout.setEncoding('utf8').on('data', (data: string) => {
    out += data;
  });
  const terminal: Terminal = {
    stdin: new PassThrough(),
    stdout,
    stderr: {
      write: (text) => {
        err += text;
      },
    },
    env: { POOLBOARD_DATA_DIR: dataDir },
    cwd: process.cwd(),
    onSignal: () => () => {},
    ...more,
  };
  return { terminal, stdout: () => out, stderr: () => err };
}
