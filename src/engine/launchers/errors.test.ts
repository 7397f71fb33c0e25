import { describe, expect, test } from 'vitest';
import type { ErrorInfo } from '../../shared/errors.ts';
import { conversationAbout, nodeConversationAbout } from './fixtures/conversation.ts';

describe('an error of a Node task', () => {
  test('arrives with its code, cause, fields and the errors that it holds', async () => {
    const talk = await nodeConversationAbout(`
      class Refused extends Error {
        name = 'Refused';
        code = 'E_REFUSED';
        status = 503;
        headers = new Map([['retry-after', 7n]]);
        get broken() { throw new Error('not me'); }
      }
      export default () => {
        const both = new AggregateError([new RangeError('first'), 'second'], 'both');
        throw Object.defineProperty(new Refused('not today', { cause: both }), 'bad', {
          enumerable: true,
          get() { throw new Error('nor me'); },
        });
      };
    `);
    const [error] = (await talk.values([0])) as ErrorInfo[];
    expect(error).toMatchObject({
      name: 'Refused',
      message: 'not today',
      code: 'E_REFUSED',
      stack: expect.stringContaining('task.mjs'),
      fields: { status: 503, headers: { 'retry-after': '7' }, bad: '(cannot be read)' },
      cause: {
        name: 'AggregateError',
        fields: { errors: [{ name: 'RangeError', message: 'first' }, 'second'] },
      },
    });
  });

  test('is one also where it is none', async () => {
    const talk = await nodeConversationAbout('export default (x) => { throw x; };');
    expect(await talk.values(['text', null, { a: 1 }])).toMatchObject([
      { name: 'NonError', message: 'Not an Error was thrown: text' },
      { name: 'NonError', message: 'Not an Error was thrown: null' },
      { name: 'NonError', message: 'Not an Error was thrown: {"a":1}' },
    ]);
  });
});

describe('an exception of a Python task', () => {
  test('arrives with its attributes, slots and notes', async () => {
    const talk = await conversationAbout(`
      class Refused(Exception):
          __slots__ = ("status", "unset")
          def __init__(self):
              super().__init__("not today")
              self.status = 503
              self.headers = {"retry-after": 7, 1: [2.5, None]}
              self.inner = KeyError("k")
              self.code = "E_REFUSED"
          @property
          def broken(self):
              raise RuntimeError("not me")
      def task(x):
          error = Refused()
          if hasattr(error, "add_note"):
              error.add_note("seen by the caller")
          else:
              error.__notes__ = ["seen by the caller"]
          raise error
    `);
    const [error] = (await talk.values([0])) as ErrorInfo[];
    expect(error).toMatchObject({
      name: 'Refused',
      message: 'not today',
      code: 'E_REFUSED',
      fields: {
        status: 503,
        headers: { 'retry-after': 7, '1': [2.5, null] },
        inner: { name: 'KeyError', message: "'k'" },
        notes: ['seen by the caller'],
      },
    });
    expect(error!.fields).not.toHaveProperty('unset');
  });

  test('has the chain of what it was raised from, and during', async () => {
    const talk = await conversationAbout(`
      def task(x):
          try:
              try:
                  {}["k"]
              except KeyError:
                  raise ValueError("during")
          except ValueError as error:
              raise RuntimeError("from") from (error if x else None)
    `);
    const [whole, hidden] = (await talk.values([1, 0])) as ErrorInfo[];
    expect(whole).toMatchObject({
      message: 'from',
      cause: { name: 'ValueError', message: 'during', cause: { name: 'KeyError', message: "'k'" } },
    });
    expect(hidden!.cause).toBeUndefined();
  });

  test('that is a group holds each of its exceptions', async () => {
    const talk = await conversationAbout(`
      import sys
      def task(x):
          if sys.version_info < (3, 11):
              return None
          raise ExceptionGroup("both", [ValueError("first"), OSError(2, "second", "/no/file")])
    `);
    const [error] = (await talk.values([0])) as (ErrorInfo | null)[];
    if (error === null) return;
    expect(error).toMatchObject({
      name: 'ExceptionGroup',
      message: 'both (2 sub-exceptions)',
      fields: {
        exceptions: [
          { name: 'ValueError', message: 'first' },
          { name: 'FileNotFoundError', code: 'ENOENT', fields: { errno: 2, filename: '/no/file' } },
        ],
      },
    });
  });
});
