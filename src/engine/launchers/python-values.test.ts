import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { findInterpreter } from '../python/find-interpreter.ts';
import { type Attempt, conversationAbout } from './fixtures/conversation.ts';

/** Evaluates expressions as the results of tasks; answers JSON texts. */
async function resultsOf(expressions: string[], imports = ''): Promise<Attempt[]> {
  const talk = await conversationAbout(`
    import collections, dataclasses, datetime, decimal, enum, fractions, ipaddress, pathlib, types, uuid
    ${imports}
    @dataclasses.dataclass
    class Point:
        x: int
        tags: object = None
    class Colour(enum.Enum):
        RED = "red"
    class Level(enum.IntEnum):
        HIGH = 3
    Pair = collections.namedtuple("Pair", "a b")
    class Model:
        def model_dump(self):
            return {"dumped": 1}
    def task(expression):
        return eval(expression)
  `);
  return talk.run(expressions);
}

describe('a result that JSON can hold, in some way, is stored', () => {
  const cases: [string, string][] = [
    ['None', 'null'],
    ['True', 'true'],
    ['12345678901234567890', '12345678901234567890'],
    ['-2**70', '-1180591620717411303424'],
    ['1.5', '1.5'],
    ['1e300', '1e+300'],
    ['float("nan")', 'null'],
    ['[float("inf"), -float("inf"), 1]', '[null,null,1]'],
    [String.raw`"a\nb\"ü\U0001f600"`, String.raw`"a\nb\"ü😀"`],
    [String.raw`"\udc80x"`, String.raw`"\udc80x"`],
    ['(1, [2, (3,)])', '[1,[2,[3]]]'],
    ['Pair(1, 2)', '[1,2]'],
    ['{"a": {1: 2, None: 3, 2.5: 4, True: 5, (1, 2): 6}}', '{"a":{"1":5,"null":3,"2.5":4,"(1, 2)":6}}'],
    ['{Colour.RED: 1, datetime.date(2024, 1, 2): 2}', '{"red":1,"2024-01-02":2}'],
    ['{"nan": {"deep": [float("nan")]}}', '{"nan":{"deep":[null]}}'],
    ['Point(1, [Point(2)])', '{"x":1,"tags":[{"x":2,"tags":null}]}'],
    ['Point(float("nan"), {1, 2})', '{"x":null,"tags":[1,2]}'],
    ['datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)', '"2024-01-02T03:04:05+00:00"'],
    ['[datetime.date(2024, 1, 2), datetime.time(3, 4)]', '["2024-01-02","03:04:00"]'],
    ['datetime.timedelta(minutes=1, milliseconds=500)', '60.5'],
    ['decimal.Decimal("1.10")', '"1.10"'],
    ['fractions.Fraction(1, 3)', '"1/3"'],
    ['uuid.UUID(int=1)', '"00000000-0000-0000-0000-000000000001"'],
    ['ipaddress.ip_address("::1")', '"::1"'],
    ['pathlib.PurePosixPath("/a/b c")', '"/a/b c"'],
    ['{3, 1, 2}', '[1,2,3]'],
    ['frozenset(["b", "a"])', '["a","b"]'],
    ['{1, "a"} == set([1, "a"])', 'true'],
    [String.raw`b"\x00\xff"`, '{"base64":"AP8="}'],
    ['bytearray(b"abc")', '{"base64":"YWJj"}'],
    ['memoryview(b"abc")', '{"base64":"YWJj"}'],
    ['Colour.RED', '"red"'],
    ['Level.HIGH', '3'],
    ['collections.deque([1, 2])', '[1,2]'],
    ['range(3)', '[0,1,2]'],
    ['{"a": 1}.keys()', '["a"]'],
    ['collections.OrderedDict(b=1, a=2)', '{"b":1,"a":2}'],
    ['types.MappingProxyType({"a": 1})', '{"a":1}'],
    ['collections.Counter("aab")', '{"a":2,"b":1}'],
    ['Model()', '{"dumped":1}'],
    [
      'ValueError("as a value")',
      '{"name":"ValueError","message":"as a value","stack":"ValueError: as a value\\n"}',
    ],
    ['"x" * 1_000_000', `"${'x'.repeat(1_000_000)}"`],
  ];

  test('as the table in encode.py says', async () => {
    const attempts = await resultsOf(cases.map(([expression]) => expression));
    expect(attempts.map((attempt, i) => [cases[i]![0], attempt.text])).toEqual(cases);
    expect(attempts.every((attempt) => attempt.outcome === 'ok')).toBe(true);
  });

  test('in the order of the tasks, where simple and nested ones alternate', async () => {
    const expressions = Array.from({ length: 500 }, (_, i) =>
      i % 3 === 0 ? `${i}` : i % 3 === 1 ? `[${i}, float("nan")]` : `"${i}"`,
    );
    const attempts = await resultsOf(expressions);
    expect(attempts.map((attempt) => JSON.parse(attempt.text))).toEqual(
      expressions.map((_, i) => (i % 3 === 0 ? i : i % 3 === 1 ? [i, null] : String(i))),
    );
  });

  test('as it was when its task ended', async () => {
    const talk = await conversationAbout('seen = []\ndef task(x):\n    seen.append(x)\n    return seen');
    expect(await talk.values([1, 2, 3])).toEqual([[1], [1, 2], [1, 2, 3]]);
  });
});

test('a result that cannot be stored fails its task alone, with what to do', async () => {
  const cases: [string, RegExp][] = [
    ['(i for i in [])', /it holds a generator; return list\(\.\.\.\) of it/],
    ['map(str, [])', /it holds a map; return list/],
    ['lambda: 1', /it holds a function; return what it gives when it is called/],
    ['{"deep": [Point]}', /it holds a type/],
    ['object()', /it holds a object; return numbers, texts, lists or dictionaries made from it/],
    ['types.SimpleNamespace()', /it holds a types.SimpleNamespace/],
    ['(lambda a: a.append(a) or a)([])', /it contains itself, or is nested too deeply/],
    ['(lambda a: a.update(a=a) or a)({1: 2})', /it contains itself, or is nested too deeply/],
    ['1j', /it holds a complex/],
    ['10**5000', /cannot be stored: .*digit/],
    ['[10**5000]', /cannot be stored: .*digit/],
    ['5', /^5$/],
  ];
  const attempts = await resultsOf(cases.map(([expression]) => expression));
  for (const [i, attempt] of attempts.entries()) {
    const [expression, sentence] = cases[i]!;
    expect.soft(attempt.outcome, expression).toBe(i === cases.length - 1 ? 'ok' : 'error');
    expect.soft(attempt.text, expression).toMatch(sentence);
    if (attempt.outcome === 'error')
      expect.soft(JSON.parse(attempt.text), expression).toMatchObject({
        code: 'RESULT_NOT_STORABLE',
        message: expect.stringMatching(/^The task returned a value that cannot be stored: .*\.$/),
      });
  }
});

test('a coroutine that nobody awaits is refused', async () => {
  const talk = await conversationAbout('async def later():\n    pass\ndef task(x):\n    return later()');
  expect(await talk.values([1])).toMatchObject([
    { message: expect.stringContaining('write async def, and await it') },
  ]);
});

/** Which of these packages the interpreter of the tests has. */
async function installed(name: string): Promise<boolean> {
  const { path } = await findInterpreter(import.meta.filename);
  return promisify(execFile)(path, ['-c', `import ${name}`]).then(
    () => true,
    () => false,
  );
}

describe.skipIf(!(await installed('numpy')))('values of numpy', () => {
  test('are numbers, texts and nested lists', async () => {
    const cases: [string, string][] = [
      ['np.int64(7)', '7'],
      ['np.float32(0.5)', '0.5'],
      ['np.float64("nan")', 'null'],
      ['np.bool_(True)', 'true'],
      ['np.arange(4).reshape(2, 2)', '[[0,1],[2,3]]'],
      ['{"a": np.array([1.5, np.nan])}', '{"a":[1.5,null]}'],
      ['np.array(["a", "b"])', '["a","b"]'],
      ['np.datetime64("2024-01-02T03:04:05.123456789")', '"2024-01-02T03:04:05.123456789"'],
      ['np.array(["2024-01-02", "NaT"], dtype="M8[D]")', '["2024-01-02",null]'],
      ['np.timedelta64(1500, "ms")', '1.5'],
      ['{np.int64(1): np.int64(2)}', '{"1":2}'],
    ];
    const attempts = await resultsOf(
      cases.map(([expression]) => expression),
      'import numpy as np',
    );
    expect(attempts.map((attempt, i) => [cases[i]![0], attempt.text])).toEqual(cases);
  });
});

describe.skipIf(!(await installed('pandas')))('values of pandas', () => {
  test('are rows by column, lists by count, times as texts', async () => {
    const cases: [string, string][] = [
      ['df.iloc[0]', '{"a":1,"b":"x"}'],
      ['next(df.itertuples(index=False))', '[1,"x"]'],
      ['df["a"]', '[1,2]'],
      ['df.set_index("b")["a"]', '{"x":1,"y":2}'],
      ['df', '[{"a":1,"b":"x"},{"a":2,"b":"y"}]'],
      ['df["a"].mean()', '1.5'],
      ['pd.Timestamp("2024-01-02 03:04")', '"2024-01-02T03:04:00"'],
      ['pd.Timedelta(seconds=90)', '90.0'],
      ['[pd.NaT, pd.NA, None]', '[null,null,null]'],
      ['df.index', '[0,1]'],
      ['df.groupby("b").size()', '{"x":1,"y":1}'],
      ['pd.Series([1.5, None])', '[1.5,null]'],
      ['pd.Period("2024-01")', '"2024-01"'],
    ];
    const attempts = await resultsOf(
      cases.map(([expression]) => expression),
      'import pandas as pd; df = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})',
    );
    expect(attempts.map((attempt, i) => [cases[i]![0], attempt.text])).toEqual(cases);
  });
});
