import { expect, test } from 'vitest';
import { Conversation, taskFile } from './fixtures/conversation.ts';

/** A file that was changed while it was loaded is not what was loaded: the next load needs a new process. */

test('a JavaScript worker whose file changes while it is loaded is stale', async () => {
  const talk = Conversation.startNode();
  const file = taskFile(
    `import { appendFileSync } from 'node:fs';
appendFileSync(import.meta.filename, '// more\\n');
export default (x) => x;`,
    'task.mjs',
  );
  const definition = { kind: 'module', file } as const;
  expect(await talk.load(file, { definition })).toMatchObject({ type: 'loaded' });
  expect(await talk.load(file, { definition, job: 2 })).toMatchObject({ type: 'stale', job: 2 });
});

test('a Python worker whose file changes while it is loaded is stale', async () => {
  const talk = await Conversation.start();
  const file = taskFile(
    `with open(__file__, 'a') as itself:
    itself.write('# more\\n')
def task(x):
    return x`,
    'tasks.py',
  );
  expect(await talk.load(file)).toMatchObject({ type: 'loaded' });
  expect(await talk.load(file, { job: 2 })).toMatchObject({ type: 'stale', job: 2 });
});
