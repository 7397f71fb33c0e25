import { expect, test } from 'vitest';
import { Conversation, conversationAbout, nodeConversationAbout, taskFile } from './fixtures/conversation.ts';

/** What a worker was sent ahead may be another's by the time that it comes to it. */

test('a chunk that is given back while its definition is loaded does not run', async () => {
  const talk = Conversation.startNode();
  const file = taskFile(
    `
    console.log('loading');
    await new Promise((resolve) => setTimeout(resolve, 300));
    export default (x) => x;
  `,
    'task.mjs',
  );
  const loaded = talk.load(file, { definition: { kind: 'module', file } });
  const given = talk.send([0]);
  const kept = talk.send([1], { first: 1 });
  await talk.until(() => talk.printed.includes('loading'));
  talk.post({ type: 'recall', chunks: [given] });
  expect(await talk.heard('returned')).toEqual({ type: 'returned', chunks: [given] });
  expect(talk.of('loaded')).toEqual([]);
  await loaded;
  await talk.ended(1);
  expect(kept).toBe(given + 1);
  await talk.leave();
  expect([...talk.attempts.keys()]).toEqual([1]);
});

const workers = {
  JavaScript: (acknowledge: boolean) =>
    nodeConversationAbout('export default (x) => x;', { acknowledge, letGo: false }),
  Python: (acknowledge: boolean) =>
    conversationAbout('def task(x):\n    return x', { acknowledge, letGo: false }),
};

/** Sends four tasks, one told of before the next. */
const four = (talk: Conversation, sentAt?: number) =>
  talk.post({
    type: 'chunk',
    job: 1,
    chunk: 100,
    indices: [0, 1, 2, 3],
    inputs: '0\n1\n2\n3',
    tellsEach: true,
    sentAt,
  });

for (const [language, start] of Object.entries(workers)) {
  test(`a ${language} worker asks before it starts what it reads long after it was sent`, async () => {
    const talk = await start(true);
    // By then it waits for work.
    await new Promise((resolve) => setTimeout(resolve, 200));
    four(talk, Date.now() - 5000);
    await talk.heard('fence');
    talk.post({ type: 'go', revoked: [100] });
    talk.send([9], { first: 9 });
    await talk.ended(9);
    expect([...talk.attempts.keys()]).toEqual([9]);
  });

  test(`a ${language} worker asks before it goes on after it was kept waiting`, async () => {
    const talk = await start(false);
    four(talk);
    await talk.ended(1);
    // Two messages that nobody acknowledges: it waits, for longer than a task may take without a word.
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const _ of [0, 1]) talk.post({ type: 'ack' });
    await talk.heard('fence');
    talk.post({ type: 'go', revoked: [100] });
    talk.send([9], { first: 9 });
    await talk.ended(9);
    // A Python worker waits when it has something to tell.
    expect([...talk.attempts.keys()]).toEqual(language === 'Python' ? [0, 1, 2, 9] : [0, 1, 9]);
  });
}

test('a result that is large is heard of whole before a task that never yields starts', async () => {
  const talk = await nodeConversationAbout(
    `export default (x) => {
      if (x === 0) return 'a'.repeat(8_000_000);
      for (;;);
    };`,
  );
  talk.post({ type: 'chunk', job: 1, chunk: 1, indices: [0, 1], inputs: '0\n1', tellsEach: true });
  await talk.ended(0);
  expect(talk.attempts.get(0)!.text).toHaveLength(8_000_002);
});

test.each([
  ['a large result', `return 'a'.repeat(1_000_000);`],
  ['much output', `console.log('a'.repeat(1_900_000)); return 0;`],
])('the end of a task with %s is heard of before the next chunk starts', async (_, first) => {
  const talk = await nodeConversationAbout(
    `export default (x) => {
      if (x === 0) { ${first} }
      for (;;);
    };`,
  );
  talk.send([0]);
  talk.send([1], { first: 1 });
  await talk.ended(0);
  expect([...talk.attempts.keys()]).toEqual([0]);
});
