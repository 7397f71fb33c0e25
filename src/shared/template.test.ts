import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTemplate, expand, expandForShell, parseTemplate, type TemplateValues } from './template.ts';

const at = (input: unknown, more: Partial<TemplateValues> = {}): TemplateValues => ({
  input,
  index: 0,
  slot: 1,
  ...more,
});
const argv = (template: string, input: unknown = '/in/a b.txt', more: Partial<TemplateValues> = {}) =>
  expand(parseTemplate(template), at(input, more));

describe('splitting into arguments', () => {
  it.each<[string, string[]]>([
    ['prog a  b\tc\nd', ['prog', 'a', 'b', 'c', 'd', 'IN']],
    [`prog 'a  b' "c d" e'f'"g"h`, ['prog', 'a  b', 'c d', 'efgh', 'IN']],
    [`prog '' ""`, ['prog', '', '', 'IN']],
    ['prog a\\ b \\{} \\\\', ['prog', 'a b', '{}', '\\', 'IN']],
    [`prog "a\\"b" "\\$x \\\\ \\n" 'a\\b'`, ['prog', 'a"b', '$x \\ \\n', 'a\\b', 'IN']],
    ['prog $HOME ~ * `id` $(id) a?b', ['prog', '$HOME', '~', '*', '`id`', '$(id)', 'a?b', 'IN']],
    ['prog a\\\nb', ['prog', 'ab', 'IN']],
    [`find . -exec rm ';' \\; "&&"`, ['find', '.', '-exec', 'rm', ';', ';', '&&', 'IN']],
    ['curl http://x/?a=1&b=2', ['curl', 'http://x/?a=1&b=2', 'IN']],
  ])('%s', (template, expected) => {
    expect(argv(template, 'IN')).toEqual(expected);
  });

  it.each([
    'cat {} | wc',
    'a && b',
    'a {} > out',
    'a {} >{/}.txt',
    'a 2>&1 {}',
    'a >"my file"',
    'FOO=1 a {}',
    'a {}; b',
    'a & b',
    'a <{}',
  ])('refuses what only a shell does: %s', (template) => {
    expect(() => parseTemplate(template)).toThrow(/which only a shell understands: turn the shell on/);
    expect(() => parseTemplate(template, { shell: true })).not.toThrow();
  });

  it.each([
    ['  ', 'The command is empty'],
    [`a 'b {}`, "The command has a ' without its end, at position 3."],
    ['a "b {} \\"', 'The command has a " without its end, at position 3.'],
    ['a \0', 'NUL'],
  ])('refuses %j', (template, message) => {
    expect(() => parseTemplate(template)).toThrow(message);
  });

  it('keeps backslashes on Windows, and takes them for separators', () => {
    const template = parseTemplate('C:\\tools\\x.exe {/} {//} "C:\\My Files\\" {.}', { windows: true });
    expect(expand(template, at('C:\\in\\a.b.txt'))).toEqual([
      'C:\\tools\\x.exe',
      'a.b.txt',
      'C:\\in',
      'C:\\My Files\\',
      'C:\\in\\a.b',
    ]);
  });
});

describe('replacement strings', () => {
  it('stand anywhere in a word, several times, in quotes too', () => {
    expect(
      argv(`prog a{}b{/} '{.}' "x {//} y" {/.}.png --n={#}/{%}`, '/in/a b.txt', { index: 6, slot: 2 }),
    ).toEqual(['prog', 'a/in/a b.txtba b.txt', '/in/a b', 'x /in y', 'a b.png', '--n=7/2']);
  });

  it('never become more than one argument, whatever the input holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (input) => {
        expect(argv('prog {} x{}y', input)).toEqual(['prog', input, `x${input}y`]);
      }),
    );
  });

  it('leave alone what is none', () => {
    expect(argv(`awk '{print $1}' {a,b} {1..3} {} '{"a": 1}' }{ {`, 'IN')).toEqual([
      'awk',
      '{print $1}',
      '{a,b}',
      '{1..3}',
      'IN',
      '{"a": 1}',
      '}{',
      '{',
    ]);
  });

  it('have the input added where there is none of them', () => {
    expect(argv('prog -v')).toEqual(['prog', '-v', '/in/a b.txt']);
    expect(argv('cp -t {out}', 'x', { out: '/out' })).toEqual(['cp', '-t', '/out', 'x']);
    expect(argv('echo {#}', 'x')).toEqual(['echo', '1']);
    expect(expand(parseTemplate('cat', { append: false }), at('x'))).toEqual(['cat']);
  });

  const row = { name: 'Ada', 'First name': 'A. L.', file: '/in/x.tar.gz', age: 36, tags: ['a'], none: null };
  it('name the columns of a row', () => {
    expect(
      argv(`p {name} {age} {tags} {none} {file/} {file.} {file//} {file/.} "{First name}" {1} {-1}`, row),
    ).toEqual(['p', 'Ada', '36', '["a"]', '', 'x.tar.gz', '/in/x.tar', '/in', 'x.tar', 'A. L.', 'Ada', '']);
  });

  it('number the columns of a row without names, and a lone input', () => {
    expect(argv('p {2} {1.} {-1}', ['a.b', 'c'])).toEqual(['p', 'c', 'a', 'c']);
    expect(argv('p {1} {1/}', '/in/x')).toEqual(['p', '/in/x', 'x']);
    expect(argv('p {}', 5)).toEqual(['p', '5']);
  });

  it('take {} of a row for all its values', () => {
    expect(argv('p {} [{}] {/}', ['/a/b', 'c d'])).toEqual(['p', '/a/b', 'c d', '[/a/b c d]', 'b', 'c d']);
    expect(argv('p', { a: 1, b: 'x y' })).toEqual(['p', '1', 'x y']);
  });

  it('take {out} for the output folder, or for a column of that name', () => {
    expect(argv('p {out}/{/}', '/in/x', { out: '/o' })).toEqual(['p', '/o/x']);
    expect(argv('p {out} {a}', { out: 'o', a: 1 })).toEqual(['p', 'o', '1']);
    expect(() => argv('p {out} {}', 'x')).toThrow('no output folder is set');
  });

  it('do not see what an object inherits', () => {
    expect(() => argv('p {constructor}', { a: 1 })).toThrow('The command names the column {constructor}');
  });
});

describe('checking columns before the start', () => {
  const check = (template: string, columns: string[] | number | null, out?: string) => () =>
    checkTemplate(parseTemplate(template), columns, out);

  it('accepts what is there', () => {
    expect(check('p {a} {b.} {2} {-2} "{c d} x"', ['a', 'b'])).not.toThrow();
    expect(check('p {1} {}', null)).not.toThrow();
    expect(check('p {out} {1}', null, '/o')).not.toThrow();
    expect(check('p {3}', 3)).not.toThrow();
  });

  it.each<[string, string[] | number | null, string]>([
    [
      'p {widht}',
      ['width', 'height'],
      'The command names the column {widht}, but the columns are {width} {height}',
    ],
    ['p {3}', ['width', 'height'], 'The command names column 3, but the columns are {width} {height}'],
    ['p {4}', 3, 'The command names column 4, but there are 3 columns, without names'],
    [
      'p {name}',
      null,
      'The command names the column {name}, but the inputs have no columns: {} is the input',
    ],
    ['p {out}', null, 'no output folder is set'],
  ])('refuses %s', (template, columns, message) => {
    expect(check(template, columns)).toThrow(message);
  });

  it('lists as many columns as a sentence can hold', () => {
    const columns = Array.from({ length: 3000 }, (_, at) => `c${at}`);
    expect(check('p {name}', columns)).toThrow('{c18} {c19} and 2980 more; to pass');
  });

  it('throws the same in a task, for a row that lacks it', () => {
    expect(() => argv('p {b}', { a: 1 })).toThrow(
      'The command names the column {b}, but the columns are {a}',
    );
  });
});

describe('a command as it is shown', () => {
  it('quotes what needs quotes', () => {
    expect(expandForShell(parseTemplate('p {} {/.}.png'), at("/in/it's $(x).txt"))).toBe(
      `p '/in/it'\\''s $(x).txt' 'it'\\''s $(x).png'`,
    );
  });

  it('quotes as the quotes around it want it', () => {
    const template = parseTemplate(`p {} "x {}" 'y {}' "$(q {})" | z`, { shell: true });
    expect(expandForShell(template, at(`a'"$b`))).toBe(
      `p 'a'\\''"$b' "x a'\\"\\$b" 'y a'\\''"$b' "$(q 'a'\\''"$b')" | z`,
    );
  });
});
