import { describe, expect, test } from 'vitest';
import { expand, parseTemplate } from '../../shared/template.ts';
import { type CommandDefinition, commandsOf, replacementsFor } from './commands.ts';

const command = (template: string, more: Partial<CommandDefinition> = {}): CommandDefinition => ({
  kind: 'command',
  template,
  ...more,
});
const rows = [
  { name: 'Ada', 'First seen': '1843' },
  { name: "O'Neil", 'First seen': '1950' },
];

describe('the first commands', () => {
  test('are shown as one would type them, with names that a shell would take apart quoted', () => {
    const { commands } = commandsOf(command('gzip -k {}'), ['/a/b.txt', '/a/$(touch pwned).txt'], false);
    expect(commands).toEqual(['gzip -k /a/b.txt', "gzip -k '/a/$(touch pwned).txt'"]);
  });

  test('take the columns of rows, and the number of each task', () => {
    const { commands } = commandsOf(command('echo {#} {name}'), rows, false);
    expect(commands[0]).toBe('echo 1 Ada');
    expect(commands).toHaveLength(2);
  });

  test('get no input at their end where it is fed to them', () => {
    expect(commandsOf(command('wc -c', { stdin: true }), ['x'], false).commands).toEqual(['wc -c']);
    expect(commandsOf(command('wc -c'), ['x'], false).commands).toEqual(['wc -c x']);
  });

  test('may be a pipe where a shell runs them, and the output folder stands in for {out}', () => {
    const definition = command('sort {} | gzip > {out}/{/}.gz', { shell: true, out: '/tmp/o' });
    expect(commandsOf(definition, ['/a/b.txt'], false).commands).toEqual([
      'sort /a/b.txt | gzip > /tmp/o/b.txt.gz',
    ]);
  });
});

describe('what is wrong with a template is one sentence:', () => {
  test.each([
    ['an unknown column', command('echo {nmae}'), rows, /nmae.*\{name\}/],
    ['a column where inputs have none', command('echo {name}'), ['x'], /no columns/],
    ['{out} without an output folder', command('cp {} {out}'), ['x'], /output folder/],
    ['a pipe without a shell', command('sort {} | uniq'), ['x'], /shell/],
    ['a quote that does not end, before there are inputs', command('echo "{}'), [], /without its end/],
  ])('%s', (_, definition, inputs, says) => {
    const { commands, problem } = commandsOf(definition, inputs, false);
    expect(commands).toEqual([]);
    expect(problem).toMatch(says);
  });
});

test('each column has a replacement string that stands for its value, whatever its name', () => {
  const row = { plain: 'a', 'two words': 'b', out: 'c', '7': 'd', 'br{ace': 'e', 'quo"te': 'f', '': 'g' };
  // As everywhere, JavaScript puts names that are numbers first.
  const columns = Object.keys(row);
  for (const shell of [false, true]) {
    const texts = replacementsFor(columns, shell)
      .slice(-columns.length)
      .map(({ text }) => text);
    const values = { input: row, index: 0, slot: 1 };
    const plain = texts.map((text) => expand(parseTemplate(`echo ${text}`), values)[1]);
    expect(plain).toEqual(Object.values(row));
    const shown = texts.map((text) => commandsOf(command(`echo ${text}`, { shell }), [row], false).problem);
    expect(shown).toEqual(columns.map(() => null));
  }
});
