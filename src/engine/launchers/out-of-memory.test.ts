import { describe, expect, test } from 'vitest';
import { conversationAbout, nodeConversationAbout } from './fixtures/conversation.ts';
import { endedByMemory, type MemoryEvidence, oomKills } from './out-of-memory.ts';

const nothing: MemoryEvidence = { oomKillsAtLaunch: 3, oomKillsAtEnd: 3, wasKilled: false };
const sigkill = { code: null, signal: 'SIGKILL' };

test('a Node worker that leaks beyond the limit of its heap has ended for want of memory', async () => {
  const talk = await nodeConversationAbout(
    'export default () => { const kept = []; for (;;) kept.push(new Array(100_000).fill(kept.length)); };',
    { launch: { heapMb: 64 } },
  );
  talk.send([0]);
  const exit = await talk.exit;
  expect(exit).toMatchObject({ signal: 'SIGABRT' });
  expect(endedByMemory(exit, talk.printed.slice(-8192), nothing)).toBe(true);
});

test('one that aborts, exits or crashes otherwise has not', async () => {
  const talk = await nodeConversationAbout('export default () => process.abort();');
  talk.send([0]);
  const exit = await talk.exit;
  expect(exit).toMatchObject({ signal: 'SIGABRT' });
  expect(endedByMemory(exit, talk.printed, nothing)).toBe(false);
  expect(endedByMemory({ code: 1, signal: null }, 'Error: no', nothing)).toBe(false);
  expect(endedByMemory({ code: null, signal: 'SIGSEGV' }, '', nothing)).toBe(false);
});

test.skipIf(process.platform !== 'linux')(
  'a Python worker whose own threads find no memory has ended for want of it, if it ended',
  async () => {
    const talk = await conversationAbout(
      `
      import os
      def task(x):
          os.write(2, b"MemoryError\\n")
          os._exit(1)
    `,
    );
    talk.send([0]);
    expect(endedByMemory(await talk.exit, talk.printed, nothing)).toBe(true);
  },
);

describe('the kernel’s out-of-memory killer', () => {
  test('has ended a worker where its count grew and we did not kill', () => {
    expect(endedByMemory(sigkill, '', { ...nothing, oomKillsAtEnd: 4 })).toBe(true);
    expect(endedByMemory(sigkill, '', nothing)).toBe(false);
    expect(endedByMemory(sigkill, '', { ...nothing, oomKillsAtEnd: 4, wasKilled: true })).toBe(false);
    expect(endedByMemory({ code: null, signal: 'SIGTERM' }, '', { ...nothing, oomKillsAtEnd: 4 })).toBe(
      false,
    );
    expect(
      endedByMemory(sigkill, '', { oomKillsAtLaunch: null, oomKillsAtEnd: null, wasKilled: false }),
    ).toBe(false);
  });

  test.skipIf(process.platform !== 'linux')('is counted by the kernel', () => {
    expect(oomKills()).toBeGreaterThanOrEqual(0);
  });
});

test('Electron’s own word for it is enough', () => {
  expect(endedByMemory({ code: null, signal: 'SIGABRT', reason: 'oom' }, '', nothing)).toBe(true);
});

test.each([
  ['# Fatal process out of memory: Zone', { code: null, signal: 'SIGTRAP' }],
  ['# Fatal JavaScript out of memory: Reached heap limit', { code: 133, signal: null }],
  ["terminate called after throwing an instance of 'std::bad_alloc'", { code: null, signal: 'SIGABRT' }],
  ['memory allocation of 800000 bytes failed', { code: null, signal: 'SIGABRT' }],
])('so are the last words %j', (words, exit) => {
  expect(endedByMemory(exit, `noise\n${words}\n#0 more`, nothing)).toBe(true);
  expect(endedByMemory({ code: 0, signal: null }, words, nothing)).toBe(false);
});
