import { expect, test } from 'vitest';
import { conversationAbout, nodeConversationAbout } from './fixtures/conversation.ts';

const asleep = {
  node: "import { setTimeout } from 'node:timers/promises';\nexport default (ms) => setTimeout(ms);",
  python: 'import time\ndef task(ms):\n    time.sleep(ms / 1000)',
  async: 'import asyncio\nasync def task(ms):\n    await asyncio.sleep(ms / 1000)',
};

test.each([
  ['Node', () => nodeConversationAbout(asleep.node)],
  ['Python', () => conversationAbout(asleep.python)],
  ['async Python', () => conversationAbout(asleep.async)],
])('a %s worker gives signs of life while a task waits', async (_, start) => {
  const talk = await start();
  talk.send([60_000]);
  await talk.heard('beat', 3);
  expect(talk.attempts.size).toBe(0);
});

test('a Python worker gives one each second, and whole frames while tasks print and end', async () => {
  const talk = await conversationAbout(`
    import time
    def task(x):
        end = time.monotonic() + 2.5
        while time.monotonic() < end:
            print("x" * 50_000, flush=True)
            time.sleep(0.01)
        return x
  `);
  expect(await talk.values([1])).toEqual([1]);
  expect(talk.text(0)).toMatch(/^(x{50000}\n){20}/);
  expect(talk.of('beat').length).toBeGreaterThanOrEqual(2);
  expect(talk.of('beat').length).toBeLessThanOrEqual(4);
});

// PyDLL calls into C without letting go of the interpreter, as native code that hangs does.
test.skipIf(process.platform === 'win32')(
  'a Python worker gives none while native code holds the interpreter',
  async () => {
    const talk = await conversationAbout(`
      import ctypes, time
      def task(x):
          if x == 0:
              time.sleep(1.5)
          else:
              ctypes.PyDLL(None).sleep(4)
    `);
    await talk.run([0]);
    await talk.heard('beat');
    const before = talk.of('beat').length;
    await talk.run([1], { first: 1 });
    // One can have been on its way when the call began, another as it ended.
    expect(talk.of('beat').length - before).toBeLessThanOrEqual(2);
  },
);

test('an idle Python worker is quiet', async () => {
  const talk = await conversationAbout(asleep.python);
  await talk.run([1]);
  // Those are told each second in any case.
  await talk.heard('stats', talk.of('stats').length + 3);
  expect(talk.of('beat')).toEqual([]);
});
