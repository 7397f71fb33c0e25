import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { holdOwner, isAlive, ownerText, type ProcessIdentity, thisOwner } from './owner.ts';
import { isLockHeld, takeOwnerLock } from './owner-lock.ts';

const isLinux = process.platform === 'linux';
const program = fileURLToPath(new URL('./fixtures/owner-program.ts', import.meta.url));

let dataDir: string;
const started: ChildProcess[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'poolboard-owner-'));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

/** Another program, with its owner texts: the plain one, and the one with its lock. */
async function startProgram(folder?: string) {
  const child = spawn(process.execPath, [program, ...(folder ? [folder] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(child);
  const line = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  const { plain, held } = JSON.parse(line.value ?? '') as { plain: string; held: string };
  const kill = async () => {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  return { pid: child.pid!, plain, held, kill };
}

const [, start = '-', boot = '-', pidSpace = '-', machine = '-'] = thisOwner.split(' ');
const known = (field: string) => (field === '-' ? null : field);
const here: ProcessIdentity = {
  pid: process.pid,
  start: known(start),
  boot: known(boot),
  pidSpace: known(pidSpace),
  machine: known(machine),
};

describe('an owner without a lock', () => {
  test('is alive while its process runs, and not any more when it was killed', async () => {
    expect(isAlive(thisOwner)).toBe(true);
    const other = await startProgram();
    expect(other.plain).not.toBe(thisOwner);
    expect(isAlive(other.plain)).toBe(true);
    await other.kill();
    expect(isAlive(other.plain)).toBe(false);
  });

  test.skipIf(!isLinux)('is not the process that has its number now', () => {
    expect(isAlive(ownerText({ ...here, start: '1' }))).toBe(false);
  });

  test.skipIf(!isLinux)('is dead as a zombie that nobody collects', async () => {
    // The shell turns into a sleep, which never collects the child that it got from it.
    const parent = spawn('sh', ['-c', '"$0" "$1" & exec sleep 600', process.execPath, program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    started.push(parent);
    const line = await createInterface({ input: parent.stdout })[Symbol.asyncIterator]().next();
    const { plain } = JSON.parse(line.value ?? '') as { plain: string };
    expect(isAlive(plain)).toBe(true);
    const pid = Number.parseInt(plain, 10);
    const closed = once(parent.stdout, 'close');
    parent.stdout.resume();
    process.kill(pid, 'SIGKILL');
    const stateOf = () => /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))![1];
    while (stateOf() !== 'Z') await new Promise(setImmediate);
    expect(isAlive(plain)).toBe(false);
    parent.kill('SIGKILL');
    await closed;
  });

  test('of this machine before its last start is dead, though its number is in use', () => {
    const now = { ...here, boot: 'boot-2' };
    expect(isAlive(ownerText({ ...here, boot: 'boot-1' }), undefined, now)).toBe(false);
  });

  test('on another machine is believed, whatever runs here under its number', () => {
    const elsewhere = { ...here, pid: 4_999_999, boot: 'boot-x', machine: 'other-host' };
    expect(isAlive(ownerText(elsewhere))).toBe(true);
    expect(isAlive(ownerText({ ...elsewhere, boot: null }), undefined, { ...here, boot: null })).toBe(true);
  });

  test('in another container of this machine is believed', () => {
    const inContainer = { ...here, pid: 4_999_999, boot: 'boot', pidSpace: '4026539999', machine: 'c0ffee' };
    expect(isAlive(ownerText(inContainer), undefined, { ...here, boot: 'boot' })).toBe(true);
  });

  test('where a machine does not tell its starts is looked for by its number', () => {
    const untold = { ...here, boot: null, pidSpace: null };
    expect(isAlive(ownerText({ ...untold, pid: 4_999_999 }), undefined, untold)).toBe(false);
    expect(isAlive(ownerText(untold), undefined, untold)).toBe(true);
  });

  test('is understood in the older texts, of a number and a start', () => {
    const older = isLinux ? `${process.pid} ${start}` : String(process.pid);
    expect(isAlive(older)).toBe(true);
    expect(isAlive('4999999')).toBe(false);
    expect(isAlive(`4999999 ${start}`)).toBe(false);
    if (isLinux) expect(isAlive(`${process.pid} 1`)).toBe(false);
  });

  test('that no program wrote is dead', () => {
    for (const text of ['', '-', 'x', '0', '-1 5', 'NaN 3']) expect(isAlive(text)).toBe(false);
  });
});

describe('an owner with a lock', () => {
  /** As another machine sees it: no process of this one. */
  const elsewhere: ProcessIdentity = { ...here, boot: 'boot-x', pidSpace: '1', machine: 'other-host' };

  test('is alive until it is killed, also for those who cannot see its process', async () => {
    const other = await startProgram(dataDir);
    expect(isAlive(other.held, dataDir)).toBe(true);
    expect(isAlive(other.held, dataDir, elsewhere)).toBe(true);
    await other.kill();
    expect(isAlive(other.held, dataDir, elsewhere)).toBe(false);
    expect(isAlive(other.held, dataDir)).toBe(false);
  });

  test('leaves no file behind, whether it ends or is killed', async () => {
    const other = await startProgram(dataDir);
    const files = () => readdirSync(join(dataDir, 'owners'));
    expect(files()).toHaveLength(1);
    await other.kill();
    const mine = holdOwner(dataDir);
    expect(files()).toHaveLength(1);
    mine.release();
    mine.release();
    expect(files()).toEqual([]);
  });

  test('is alive for itself, and not after it let go', () => {
    const mine = holdOwner(dataDir);
    expect(isAlive(mine.owner, dataDir)).toBe(true);
    expect(isAlive(mine.owner, dataDir, elsewhere)).toBe(true);
    mine.release();
    expect(isAlive(mine.owner, dataDir)).toBe(false);
  });

  test('is alive again in a data folder that was removed and is back', () => {
    const mine = holdOwner(dataDir);
    rmSync(dataDir, { recursive: true });
    expect(isAlive(mine.owner, dataDir)).toBe(false);
    mkdirSync(dataDir);
    mine.keep();
    expect(isAlive(mine.owner, dataDir, elsewhere)).toBe(true);
    mine.keep();
    expect(isAlive(mine.owner, dataDir, elsewhere)).toBe(true);
    mine.release();
    expect(isAlive(mine.owner, dataDir)).toBe(false);
    expect(readdirSync(join(dataDir, 'owners'))).toEqual([]);
    // It has let go: nothing is taken again.
    mine.keep();
    expect(readdirSync(join(dataDir, 'owners'))).toEqual([]);
  });

  test('is not disturbed by others that ask, or take locks of their own', async () => {
    const other = await startProgram(dataDir);
    const locks = Array.from({ length: 20 }, () => takeOwnerLock(dataDir));
    for (const lock of locks) expect(isLockHeld(dataDir, lock.name)).toBe(true);
    expect(new Set(locks.map((lock) => lock.name)).size).toBe(20);
    expect(isAlive(other.held, dataDir)).toBe(true);
    for (const lock of locks) lock.release();
    expect(isAlive(other.held, dataDir)).toBe(true);
  });

  test('in a data folder that has moved is dead there, and no file is made by asking', () => {
    const mine = holdOwner(dataDir);
    const copy = join(dataDir, 'copy');
    mkdirSync(copy);
    expect(isAlive(mine.owner, copy)).toBe(false);
    expect(readdirSync(copy)).toEqual([]);
    mine.release();
  });
});

test('programs that start at once in one data folder all hold their locks', async () => {
  const programs = await Promise.all(Array.from({ length: 6 }, () => startProgram(dataDir)));
  expect(programs.map(({ held }) => isAlive(held, dataDir))).toEqual(programs.map(() => true));
  expect(readdirSync(join(dataDir, 'owners'))).toHaveLength(6);
});
