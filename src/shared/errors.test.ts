import { describe, expect, test } from 'vitest';
import { PoolboardError, toErrorInfo } from './errors.ts';

const withFields = (fields: object) => Object.assign(new Error('x'), fields);

describe('an error as a value', () => {
  test('keeps name, message, stack, code and cause', () => {
    const cause = new RangeError('too far', { cause: 'a text' });
    const error = Object.assign(new TypeError('no', { cause }), { code: 404 });
    expect(toErrorInfo(error)).toMatchObject({
      name: 'TypeError',
      message: 'no',
      code: '404',
      stack: expect.stringContaining('errors.test.ts'),
      cause: {
        name: 'RangeError',
        message: 'too far',
        cause: { name: 'NonError', message: 'Not an Error was thrown: a text' },
      },
    });
  });

  test('keeps own fields of all kinds, as JSON can hold them', () => {
    const circular: Record<string, unknown> = { a: 1 };
    circular.self = circular;
    const { fields } = toErrorInfo(
      withFields({
        text: 'a',
        number: 1.5,
        nan: Number.NaN,
        none: null,
        nothing: undefined,
        big: 2n ** 70n,
        date: new Date(0),
        map: new Map([['k', new Set([1])]]),
        pairs: new Map([[1, 'one']]),
        bytes: new Uint8Array(3),
        url: new URL('http://x/'),
        json: { toJSON: () => ({ made: true }) },
        list: [1, undefined, () => {}],
        nested: { error: new RangeError('inner') },
        call: () => {},
        symbol: Symbol('s'),
        circular,
      }),
    );
    expect(fields).toEqual({
      text: 'a',
      number: 1.5,
      nan: null,
      none: null,
      big: '1180591620717411303424',
      date: '1970-01-01T00:00:00.000Z',
      map: { k: [1] },
      pairs: [[1, 'one']],
      bytes: '[Uint8Array of 3 bytes]',
      url: 'http://x/',
      json: { made: true },
      list: [1, null, null],
      nested: { error: expect.objectContaining({ name: 'RangeError', message: 'inner' }) },
      circular: { a: 1, self: '[Circular]' },
    });
    expect(JSON.parse(JSON.stringify(fields))).toEqual(fields);
  });

  test('is told whatever its getters do', () => {
    const error = withFields({ good: 1 });
    for (const key of ['bad', 'code', 'stack', 'cause', 'place']) {
      Object.defineProperty(error, key, {
        enumerable: true,
        get() {
          throw new Error('not me');
        },
      });
    }
    expect(toErrorInfo(error)).toEqual({
      name: 'Error',
      message: 'x',
      fields: { good: 1, bad: '(cannot be read)' },
    });
    const hostile = new Proxy(
      {},
      {
        has() {
          throw new Error('not me');
        },
      },
    );
    expect(toErrorInfo(hostile).message).toBe('An error that cannot be read was thrown.');
  });

  test('of several holds each of them', () => {
    const error = new AggregateError([new RangeError('one'), 'two'], 'both failed');
    expect(toErrorInfo(error)).toMatchObject({
      name: 'AggregateError',
      fields: { errors: [{ name: 'RangeError', message: 'one' }, 'two'] },
    });
  });

  test('that comes back to itself ends', () => {
    const error: Error & { self?: unknown } = new Error('loop');
    error.cause = error;
    error.self = error;
    expect(toErrorInfo(error)).toMatchObject({ cause: { message: 'loop' }, fields: { self: '[Circular]' } });
    let chain = new Error('0');
    for (let i = 1; i < 100; i++) chain = new Error(String(i), { cause: chain });
    expect(JSON.stringify(toErrorInfo(chain)).match(/"cause"/g)).toHaveLength(8);
  });

  test('does not grow beyond measure', () => {
    const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [i, 'y'.repeat(100)]));
    const deep = { wide, list: Array.from({ length: 1000 }, () => wide), text: 'z'.repeat(1e6) };
    expect(JSON.stringify(toErrorInfo(withFields({ deep })).fields).length).toBeLessThan(500_000);
  });

  test('of another kind, of Poolboard, or none at all, is one', () => {
    expect(toErrorInfo({ name: 'TypeError', message: 'there', stack: 'far away' })).toMatchObject({
      name: 'TypeError',
      message: 'there',
      stack: 'far away',
    });
    expect(toErrorInfo(new PoolboardError('BAD', 'No.', { place: { file: '/a', line: 2 } }))).toMatchObject({
      code: 'BAD',
      place: { file: '/a', line: 2 },
    });
    for (const [thrown, shown] of [
      ['text', 'text'],
      [undefined, 'undefined'],
      [null, 'null'],
      [12n, '12'],
      [{ a: 1 }, '{"a":1}'],
      [Symbol('s'), 'Symbol(s)'],
    ]) {
      expect(toErrorInfo(thrown)).toEqual({
        name: 'NonError',
        message: `Not an Error was thrown: ${String(shown)}`,
      });
    }
  });
});
