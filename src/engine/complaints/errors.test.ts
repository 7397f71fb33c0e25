import { describe, expect, it } from 'vitest';
import { type Code, type Language, languages, numbers, range, testBench } from './test-bench.ts';

const bench = testBench();

/** Task 3 of ten throws, or returns, what the statement says. */
const badTask = (javaScript: string, python: string): Code => ({
  JavaScript: `class Odd extends Error {
  constructor(a, b) { super(a.text + b.text); this.lock = () => a; this.self = this; this.big = 10n; this.mark = Symbol('m'); }
}
class Mute extends Error { get message() { throw new Error('not even this'); } }
const cycle = {}; cycle.cycle = cycle;
export default (x) => { if (x === 3) ${javaScript} return x; };`,
  Python: `import threading
class Odd(Exception):
    def __init__(self, a, b):
        super().__init__(a["text"] + b["text"])
        self.lock = threading.Lock()
        self.self = self
class Mute(Exception):
    def __str__(self):
        raise RuntimeError("not even this")
    __repr__ = __str__
class Opaque:
    def __reduce__(self):
        raise RuntimeError("not even this")
cycle = []
cycle.append(cycle)
def task(x):
    if x == 3:
        ${python}
    return x
`,
});

/** What each is, and the statement that throws it or returns it. */
type Cases = Record<Language, [string, string][]>;

const oddities: Cases = {
  JavaScript: [
    ['an error with a function, itself and a symbol in it', `throw new Odd({ text: 'a' }, { text: 'b' });`],
    ['an error whose message throws', 'throw new Mute();'],
    ['a function', 'throw () => 1;'],
  ],
  Python: [
    ['an error that only its own arguments can make again', `raise Odd({"text": "a"}, {"text": "b"})`],
    ['an error whose message raises', 'raise Mute()'],
    ['an error of a class made in the task', 'raise type("Local", (Exception,), {})("here")'],
  ],
};
const results: Cases = {
  JavaScript: [
    ['a function', 'return () => 1;'],
    ['a symbol', `return { mark: Symbol('m') }.mark;`],
    ['what a getter refuses to tell', `return { get x() { throw new Error('no'); } };`],
  ],
  Python: [
    ['a lambda', 'return lambda: 1'],
    ['a generator', 'return (i for i in range(3))'],
    ['a lock', 'return threading.Lock()'],
    ['what contains itself', 'return cycle'],
    ['what pickle refuses', 'return Opaque()'],
  ],
};

describe.each(languages)('in %s', (language) => {
  const code = (statement: string) => badTask(statement, statement);

  it.each(oddities[language])(
    '%s, thrown, neither hangs nor vanishes (cpython #79492, #103061)',
    async (_, statement) => {
      const definition = bench.definition(language, code(statement));
      const ended = await bench.run({ definition, inputs: range(10) });
      expect(ended.counts).toMatchObject({ succeeded: 9, failed: 1 });
      const { error } = (await bench.rows(ended.id))[3]!;
      expect(error?.message).toMatch(/./);
      const task = bench.taskFile(language, code(statement));
      await expect(bench.pool().map(task, numbers(10))).rejects.toMatchObject({
        name: error!.name,
        message: error!.message,
      });
    },
  );

  it.each(results[language])(
    '%s, returned, is that task’s error (cpython #79492, #103061)',
    async (_, statement) => {
      const definition = bench.definition(language, code(statement));
      const ended = await bench.run({ definition, inputs: range(10) });
      expect(ended.counts).toMatchObject({ succeeded: 9, failed: 1 });
      const { state, error } = (await bench.rows(ended.id))[3]!;
      expect([state, error?.code]).toEqual(['failed', 'RESULT_NOT_STORABLE']);
    },
  );

  it.each(results[language].slice(0, 2))(
    '%s, returned to a pool, rejects its call alone (cpython #79492, #103061)',
    async (_, statement) => {
      const task = bench.taskFile(language, code(statement));
      const pool = bench.pool();
      const settled = await Promise.allSettled(numbers(10).map((x) => pool.apply(task, [x])));
      const bad = settled.flatMap((each, i) => (each.status === 'rejected' ? [i] : []));
      expect(bad).toEqual([3]);
    },
  );

  it('an error keeps its name, message, stack, code, cause and fields (piscina #1143, workerpool #516)', async () => {
    const fields: Code = {
      JavaScript: `class Refused extends Error { name = 'Refused'; }
export default function askPort(x) {
  const cause = Object.assign(new TypeError('inner'), { code: 'E_INNER', depth: { x } });
  throw Object.assign(new Refused('outer', { cause }), { code: 'E_OUTER', status: 503, hosts: ['a', 'b'] });
}`,
      Python: `class Refused(Exception):
    def __init__(self, message):
        super().__init__(message)
        self.code = "E_OUTER"
        self.status = 503
        self.hosts = ["a", "b"]
class Inner(TypeError):
    code = "E_INNER"
def ask_port(x):
    try:
        raise Inner("inner")
    except Inner as inner:
        raise Refused("outer") from inner
task = ask_port
`,
    };
    const expected = {
      name: 'Refused',
      message: 'outer',
      code: 'E_OUTER',
      stack: expect.stringMatching(/askPort|ask_port/),
      cause: { message: 'inner', code: 'E_INNER' },
    };
    const more = { status: 503, hosts: ['a', 'b'] };
    const ended = await bench.run({ definition: bench.definition(language, fields), inputs: range(1) });
    const { attempts } = await bench.engine.detail(ended.id, 0);
    expect(attempts[0]?.error).toMatchObject({ ...expected, fields: more });
    const error = bench.pool().apply(bench.taskFile(language, fields), [0]);
    await expect(error).rejects.toMatchObject({ ...expected, ...more });
    await expect(error).rejects.toBeInstanceOf(Error);
  });
});
