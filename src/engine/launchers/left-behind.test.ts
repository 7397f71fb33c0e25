import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { Conversation, testFolder } from './fixtures/conversation.ts';
import { journalFolder, removeLeftBehind } from './left-behind.ts';

const notesOf = (pid: number) => readdirSync(journalFolder()!).filter((name) => name.startsWith(`${pid}-`));

/** A worker in the middle of packing a large file, and the folder of that file. */
async function packing() {
  const folder = testFolder();
  const path = join(folder, 'large.bin');
  writeFileSync(path, '');
  truncateSync(path, 2 ** 33);
  const talk = Conversation.startNode();
  await talk.loaded('', { definition: { kind: 'builtin', name: 'gzip' } });
  talk.send([path]);
  await talk.heard('progress');
  const pid = talk.process.pid!;
  expect(readdirSync(folder)).toEqual([
    expect.stringMatching(/^\.large\.bin\.gz\..*\.poolboard$/),
    'large.bin',
  ]);
  expect(notesOf(pid)).toHaveLength(1);
  return { talk, folder, pid };
}

describe('a worker in the middle of writing an output', () => {
  test('that is killed has left nothing behind by the time its end is told', async () => {
    const { talk, folder, pid } = await packing();
    process.kill(pid, 'SIGKILL');
    expect(await talk.exit).toMatchObject({ signal: 'SIGKILL' });
    expect(readdirSync(folder)).toEqual(['large.bin']);
    expect(notesOf(pid)).toEqual([]);
  });

  test('and whose host is killed cleans up itself', async () => {
    const folder = testFolder();
    const path = join(folder, 'large.bin');
    writeFileSync(path, '');
    truncateSync(path, 2 ** 33);
    const program = join(import.meta.dirname, 'fixtures/node-host.ts');
    const host = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [text] = (await once(host.stdout, 'data')) as [Buffer];
    const pid = Number.parseInt(text.toString(), 10);
    host.kill('SIGKILL');
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 10_000);
    expect(readdirSync(folder)).toEqual(['large.bin']);
    // The note is for whoever starts next.
    await removeLeftBehind();
    expect(notesOf(pid)).toEqual([]);
  });

  test('that is asked to stop cleans up itself', async () => {
    const { talk, folder, pid } = await packing();
    talk.post({ type: 'abort', job: 1, indices: [0] });
    await talk.ended(0);
    expect(talk.attempts.get(0)).toMatchObject({ outcome: 'canceled' });
    expect(readdirSync(folder)).toEqual(['large.bin']);
    expect(notesOf(pid)).toEqual([]);
  });
});

describe('what workers of an earlier program left behind', () => {
  const gone = spawnSync('true').pid;
  const setUp = () => {
    const folder = testFolder();
    const journal = mkdtempSync(join(folder, 'journal-'));
    mkdirSync(join(folder, 'out'));
    const note = (pid: number, name: string) => {
      const path = join(folder, 'out', name);
      writeFileSync(path, '');
      writeFileSync(join(journal, `${pid}-x-1`), path);
      return path;
    };
    return { journal, note };
  };

  test('is removed, and what belongs to a living process is not', async () => {
    const { journal, note } = setUp();
    const dead = note(gone, '.a.gz.1.poolboard');
    const alive = note(process.pid, '.b.gz.2.poolboard');
    await removeLeftBehind(undefined, journal);
    expect([existsSync(dead), existsSync(alive)]).toEqual([false, true]);
    expect(readdirSync(journal)).toEqual([`${process.pid}-x-1`]);
  });

  test('is never a file of another name, whatever a note says', async () => {
    const { journal, note } = setUp();
    const precious = note(gone, 'precious.txt');
    await removeLeftBehind(undefined, journal);
    expect(existsSync(precious)).toBe(true);
    expect(readdirSync(journal)).toEqual([]);
  });

  test('need not be there, nor the folder of notes', async () => {
    await removeLeftBehind(undefined, join(testFolder(), 'none'));
  });
});

test.skipIf(process.platform === 'win32')('a folder of notes is nobody else’s, and no link', () => {
  const root = testFolder();
  writeFileSync(join(root, `poolboard-${process.getuid!()}`), 'in the way');
  expect(journalFolder(root)).toBeNull();
  expect(journalFolder(testFolder())).toMatch(/poolboard-\d+$/);
});
