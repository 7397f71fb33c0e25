import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type Conversation,
  conversationAbout,
  nodeConversationAbout,
  testFolder,
} from './fixtures/conversation.ts';

/** Each task says that it runs, then waits for the file that its input names. */
const serialPython = `
  import os, time
  def task(x):
      print("running", flush=True)
      while x and not os.path.exists(x):
          time.sleep(0.01)
      return "done"
`;
const asyncPython = `
  import asyncio, os
  META = {"concurrency": 2}
  async def task(x):
      print("running", flush=True)
      while x and not os.path.exists(x):
          await asyncio.sleep(0.01)
      return "done"
`;
const blockingPython = asyncPython
  .replace('await asyncio.sleep', '__import__("time").sleep')
  .replace('"concurrency": 2', '"concurrency": 1');
const node = `
  import { existsSync } from 'node:fs';
  import { setTimeout } from 'node:timers/promises';
  export default async (x, { signal }) => {
    console.log('running');
    while (x && !existsSync(x)) {
      signal.throwIfAborted();
      await setTimeout(10);
    }
    return 'done';
  };
`;

const workers: [string, number, () => Promise<Conversation>][] = [
  ['Node, one at a time', 1, () => nodeConversationAbout(node)],
  ['Node, two at once', 2, () => nodeConversationAbout(node, { concurrency: 2 })],
  ['Python, one at a time', 1, () => conversationAbout(serialPython)],
  ['Python, two at once', 2, () => conversationAbout(asyncPython)],
  ['Python, one that blocks the event loop', 1, () => conversationAbout(blockingPython)],
];

describe.each(workers)('an abort that spares what runs: %s', (_, running, start) => {
  test('drops the others at once, and leaves the running ones alone', async () => {
    const talk = await start();
    const file = join(testFolder(), 'sign');
    talk.send([file, file, file, file]);
    talk.send([file, ''], { first: 4 });
    for (let i = 0; i < running; i++) await talk.until(() => talk.text(i).startsWith('running'));

    talk.post({ type: 'abort', job: 1, indices: [0, 1, 2, 3, 4], sparesRunning: true });
    // Answered while the others still run.
    await talk.ended(4, running);
    for (let i = running; i <= 4; i++) {
      expect(talk.attempts.get(i)).toMatchObject({ outcome: 'canceled', startedAt: 0, ms: 0 });
      expect(JSON.parse(talk.attempts.get(i)!.text)).toMatchObject({ code: 'CANCELED' });
    }
    expect(talk.attempts.has(0)).toBe(false);

    writeFileSync(file, '');
    await talk.ended(5, 0);
    for (let i = 0; i < running; i++) expect(talk.attempts.get(i)).toMatchObject({ text: '"done"' });
    expect(talk.attempts.get(5)).toMatchObject({ outcome: 'ok', text: '"done"' });
  });
});

test('results of a job stay its own while tasks of another are dropped', async () => {
  const talk = await nodeConversationAbout(node);
  const folder = testFolder();
  const definition = { kind: 'source', source: 'async (x) => x' } as const;
  await talk.load('', { job: 2, definition });
  talk.send([join(folder, 'sign')]);
  await talk.until(() => talk.text(0).startsWith('running'));
  talk.send(['x'], { first: 1, job: 2 });
  talk.post({ type: 'abort', job: 2, indices: [1], sparesRunning: true });
  await talk.ended(1);
  writeFileSync(join(folder, 'sign'), '');
  await talk.ended(0);
  expect(talk.of('results').map(({ job, indices }) => [job, indices])).toEqual([
    [2, [1]],
    [1, [0]],
  ]);
});
